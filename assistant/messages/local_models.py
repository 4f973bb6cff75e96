"""Models that run on this machine: listed, fetched, used and removed."""

TEXTS: dict[str, dict[str, str]] = {
    "cli_model": {
        "zh": "在本机运行的语言模型：列出、下载、使用、删除。",
        "en": "Language models that run on this machine: list, fetch, use and remove them.",
    },
    "cli_model_list": {
        "zh": "列出可下载的开放模型，以及本机的内存能运行哪些。",
        "en": "List open models that can be fetched, and which of them this machine's memory can carry.",
    },
    "cli_model_get": {
        "zh": "下载一个模型；中断后再次运行会接着下载。",
        "en": "Fetch a model; interrupted, it goes on from there the next time.",
    },
    "cli_model_use": {
        "zh": "从现在起由这个模型撰写回答；“ollama:名称”使用本机的 Ollama。",
        "en": "Let this model write answers from now on; ollama:NAME uses the Ollama of this machine.",
    },
    "cli_model_remove": {"zh": "删除下载的模型。", "en": "Remove a model that was fetched."},
    "cli_model_name": {
        "zh": "模型名称，见 assistant model list",
        "en": "name of a model, as assistant model list shows it",
    },
    "model_head_name": {"zh": "名称", "en": "Name"},
    "model_head_size": {"zh": "大小", "en": "Size"},
    "model_head_memory": {"zh": "所需内存", "en": "Memory needed"},
    "model_head_fits": {"zh": "本机能运行", "en": "Fits here"},
    "model_head_state": {"zh": "状态", "en": "State"},
    "model_head_for": {"zh": "说明", "en": "Good for"},
    "model_yes": {"zh": "能", "en": "yes"},
    "model_no": {"zh": "内存不够", "en": "too little memory"},
    "model_unknown": {"zh": "不清楚", "en": "unknown"},
    "model_in_use": {"zh": "使用中", "en": "in use"},
    "model_fetched": {"zh": "已下载", "en": "fetched"},
    "model_begun": {"zh": "下载了一部分", "en": "fetched in part"},
    "model_at_ollama": {"zh": "在 Ollama 中", "en": "at Ollama"},
    "model_list_about": {
        "zh": "清单日期 {day}；本机内存 {memory}。大小以下载处所说为准。",
        "en": "List of {day}; this machine has {memory}. The host tells the exact sizes.",
    },
    "model_ollama_there": {
        "zh": "本机有 Ollama，可用 assistant model use ollama:名称：{names}",
        "en": "There is an Ollama here; assistant model use ollama:NAME takes one of: {names}",
    },
    "model_fetching": {"zh": "下载 {model}", "en": "Fetching {model}"},
    "model_got": {
        "zh": "{model} 已下载并核对无误：{file}\n用 assistant model use {model} 开始使用。",
        "en": "{model} is fetched and its SHA-256 is right: {file}\nassistant model use {model} lets it write.",
    },
    "model_used": {
        "zh": "从现在起由 {model} 撰写回答（已在运行的服务要重启）。",
        "en": "{model} writes answers from now on (restart a server that is running).",
    },
    "model_removed": {
        "zh": "已删除 {model}，腾出 {freed}。",
        "en": "{model} is removed; {freed} are free again.",
    },
    "model_environment_wins": {
        "zh": "但环境变量 {names} 优先，请先取消它。",
        "en": "But {names} of the environment come first; unset them.",
    },
    "model_runtime_missing": {
        "zh": "还要安装运行库：pip install xllamacpp",
        "en": "Its runtime is still to be installed: pip install xllamacpp",
    },
    "model_too_big": {
        "zh": "{model} 约需 {needed} 内存，本机有 {memory}：可能很慢，或装不下。",
        "en": "{model} needs about {needed} of memory, and this machine has {memory}: it may be very slow, or not load.",
    },
    "model_part_kept": {
        "zh": "已停下；下载的部分留着，再次运行会接着下载。",
        "en": "Stopped; what was fetched is kept, and the next run goes on from there.",
    },
    "model_not_listed": {
        "zh": "清单里没有模型 {name}；有：{names}",
        "en": "There is no model {name} in the list; there are: {names}",
    },
    "model_not_fetched": {
        "zh": "{model} 还没有下载；请先运行 assistant model get {model}",
        "en": "{model} is not here yet; run assistant model get {model} first",
    },
    "model_hosts_silent": {
        "zh": "找不到 {model} 的下载处（{hosts}：{reason}）。请检查网络，或用 ASSISTANT_MODELSCOPE_URL、ASSISTANT_HUGGINGFACE_URL 换成能访问的镜像。",
        "en": "No host offers {model} ({hosts}: {reason}). Check the network, or name mirrors in ASSISTANT_MODELSCOPE_URL and ASSISTANT_HUGGINGFACE_URL.",
    },
    "model_no_room": {
        "zh": "{folder} 所在的磁盘空间不够：需要 {needed} MB，还有 {free} MB。",
        "en": "There is too little room at {folder}: {needed} MB are needed, {free} MB are free.",
    },
    "model_being_fetched": {
        "zh": "{model} 正在由另一个程序下载。",
        "en": "{model} is being fetched by another program.",
    },
    "model_sha_wrong": {
        "zh": "从 {host} 下载的 {model} 与它公布的 SHA-256 不符，已删除；请重试。",
        "en": "What {host} sent of {model} has not the SHA-256 that it tells, and was removed; try again.",
    },
    "model_fetch_broke": {
        "zh": "{model} 没有下载完（{host}：{reason}）；已下载的部分留着，再次运行会接着下载。",
        "en": "{model} was not fetched to its end ({host}: {reason}); what came is kept, and the next run goes on from there.",
    },
    "model_fetch_stopped": {
        "zh": "{model} 的下载已停下；已下载的部分留着，下次接着下载。",
        "en": "Fetching {model} was stopped; what came is kept for the next time.",
    },
    "ollama_not_there": {
        "zh": "{address} 上没有 Ollama；请先启动它，或用 ASSISTANT_OLLAMA_URL 写明地址。",
        "en": "There is no Ollama at {address}; start it, or name its address in ASSISTANT_OLLAMA_URL.",
    },
    "ollama_model_missing": {
        "zh": "Ollama 里没有 {name}；有：{names}。可用 ollama pull {name} 下载。",
        "en": "Ollama has no {name}; it has: {names}. ollama pull {name} fetches it.",
    },
    "local_title": {"zh": "在本机运行的模型", "en": "Models that run on this machine"},
    "local_choose": {
        "zh": "模型（所需内存；本机 {memory}）",
        "en": "Model (memory needed; this machine has {memory})",
    },
    "local_use": {"zh": "下载并使用", "en": "Fetch and use"},
    "local_stop": {"zh": "停止下载", "en": "Stop fetching"},
    "local_progress": {
        "zh": "正在从 {host} 下载 {model}：{done} / {total}",
        "en": "Fetching {model} from {host}: {done} of {total}",
    },
    "local_looking": {"zh": "正在寻找 {model} 的下载处…", "en": "Looking for a host of {model}…"},
}
