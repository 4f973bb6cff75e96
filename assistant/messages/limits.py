"""What is over a bound, or has to wait its turn."""

TEXTS: dict[str, dict[str, str]] = {
    "limit_characters": {
        "zh": "{field}：最多 {most} 个字，收到 {given} 个。",
        "en": "{field}: at most {most} characters; {given} were sent.",
    },
    "limit_items": {
        "zh": "{field}：最多 {most} 项，收到 {given} 项。",
        "en": "{field}: at most {most} values; {given} were sent.",
    },
    "limit_number": {
        "zh": "{field}：应在 {least} 和 {most} 之间。",
        "en": "{field}: must be from {least} to {most}.",
    },
    "limit_in_all": {
        "zh": "{field}：合计最多 {most} 个字，收到 {given} 个。",
        "en": "{field}: at most {most} characters in all; {given} were sent.",
    },
    "limit_bytes": {
        "zh": "{field}：最多 {most} 字节，收到 {given} 或更多，没有读完。",
        "en": "{field}: at most {most} bytes; {given} or more were sent, and the rest was not read.",
    },
    "body_too_slow": {
        "zh": "请求内容在 {seconds} 秒内没有传完，已断开。",
        "en": "body: it did not come within {seconds} seconds; the connection is closed.",
    },
    "questions_waiting": {
        "zh": "已有 {most} 个问题在等候，请等前面的答完再问（约 {seconds} 秒后）。",
        "en": "{most} of your questions are waiting already. Ask again when some are answered, in about {seconds} seconds.",
    },
    "questions_waiting_in_all": {
        "zh": "现在提问的人太多，已有 {most} 个问题在等候，请约 {seconds} 秒后再试。",
        "en": "Too many are asking: {most} questions are waiting. Try again in about {seconds} seconds.",
    },
    "waiting_place": {
        "zh": "排队等候，前面还有 {ahead} 个问题…",
        "en": "Waiting for its turn, {ahead} questions before it…",
    },
    "answer_not_kept": {
        "zh": "磁盘已满或无法写入：这次问答没有保存到对话里。请告诉管理员。",
        "en": "The disk is full or cannot be written: this question and answer were not kept. Tell an administrator.",
    },
    "program_wrong_method": {
        "zh": "这个地址不接受 {method}；全部接口见 /api/docs。",
        "en": "This address takes no {method}; /api/docs describes all there is.",
    },
    "program_not_ready_now": {
        "zh": "服务器现在无法处理，请稍后再试。",
        "en": "The server cannot do this now; try again in a while.",
    },
    "program_refused": {
        "zh": "请求没有被处理（{status}，{reason}）。",
        "en": "The request was not served ({status}, {reason}).",
    },
    "program_disk_full": {
        "zh": "服务器的磁盘已满或无法写入，没有保存。请告诉管理员。",
        "en": "The server's disk is full or cannot be written, so nothing was kept. Tell an administrator.",
    },
    "share_requests": {
        "zh": "您同时打开的连接已有 {most} 个，不能再多：请关掉几个页面，或稍后再试。",
        "en": "You hold {most} connections already, as many as one person may; close some pages, or try again in a while.",
    },
    "share_events": {
        "zh": "您有太多操作还在等候，请等前面的完成再继续。",
        "en": "Too much that you have asked for is still waiting; go on when some of it is done.",
    },
    "share_pages": {
        "zh": "您打开的页面多于 {most} 个，这个页面的内容服务器已不再保留：请重新载入。",
        "en": "You have more than {most} pages open, and what this one showed is kept no more; load it again.",
    },
    "connections_full": {
        "zh": "服务器的连接已满，请稍后再试。",
        "en": "The server has as many connections as it takes; try again in a while.",
    },
    "request_unreadable": {
        "zh": "收到的不是可读的 HTTP 请求。",
        "en": "What came is no HTTP request that can be read.",
    },
}
