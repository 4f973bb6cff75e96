"""What is said to a program that asks the page's own routes for what the page never asks for."""

TEXTS: dict[str, dict[str, str]] = {
    "guard_no_path": {"zh": "没有这个地址。", "en": "There is no such address."},
    "guard_event_long": {
        "zh": "页面的一次操作最多 {most} 字节。",
        "en": "An event of the page holds {most} bytes at most.",
    },
    "guard_event_wrong": {
        "zh": "页面的操作必须是层数不多的 JSON 对象。",
        "en": "An event of the page is a JSON object that is not nested deeply.",
    },
    "guard_file": {
        "zh": "只能使用自己刚上传的文件。",
        "en": "Only a file that you have just uploaded yourself can be used here.",
    },
    "guard_session": {
        "zh": "这个页面是另一个人打开的，请重新载入。",
        "en": "This page was opened by somebody else; load it again.",
    },
    "upload_no_room": {
        "zh": "一次上传的文件太多，请先等前面的文件处理完。",
        "en": "Too much is uploaded at once; wait until the files before are taken in.",
    },
}
