"""What is said where something is refused for safety's sake."""

TEXTS: dict[str, dict[str, str]] = {
    "guard_no_path": {"zh": "没有这个地址。", "en": "There is no such address."},
    "guard_event_long": {
        "zh": "页面的一次操作最多 {most} 字节。",
        "en": "An event of the page holds {most} bytes at most.",
    },
    "guard_event_wrong": {
        "zh": "页面的操作必须是层数不多、字段齐全的 JSON 对象。",
        "en": "An event of the page is a JSON object of the fields that pages send, not nested deeply.",
    },
    "guard_no_event": {
        "zh": "页面没有这个操作。",
        "en": "The page has no such event.",
    },
    "guard_file": {
        "zh": "只能使用自己刚上传的文件。",
        "en": "Only a file that you have just uploaded yourself can be used here.",
    },
    "guard_session": {
        "zh": "这个页面是另一个人打开的，请重新载入。",
        "en": "This page was opened by somebody else; load it again.",
    },
    "address_private": {
        "zh": "{address} 属于内网或本机，不予抓取；确需抓取请设置 ASSISTANT_FETCH_PRIVATE=true。",
        "en": "{address} is in a private network or on this machine and is not fetched; set ASSISTANT_FETCH_PRIVATE=true to allow it.",
    },
    "access_other_machine": {
        "zh": "没有账户时，服务器只回答本机；经代理转来的请求也不回答。",
        "en": "Without accounts the server answers to this machine only, and to nothing that a proxy passes on; make accounts "
        "(`assistant people add`) for others.",
    },
    "key_for_new_address": {
        "zh": "模型地址变了：请重新填写这个地址的密钥（已保存或环境变量中的密钥只发给原来的地址）。不需要密钥时，请先关闭模型再保存。",
        "en": "The model's address is another one: type the key for it again (a key that is kept, or set in the environment, "
        "goes only to the address that it was for). Where no key is needed, turn the model off first, then save.",
    },
    "upload_collection": {
        "zh": "{file}：文件中写明的文集“{collection}”不能由您放入文章，整个文件未收录。",
        "en": "{file} names the collection “{collection}”, which you may not put articles into; nothing of it was taken in.",
    },
    "upload_files_only": {
        "zh": "这里只能上传文件。",
        "en": "Only files can be uploaded here.",
    },
    "upload_file_long": {
        "zh": "文件超过 {most} MB，没有收下。",
        "en": "A file is larger than {most} MB and was not taken.",
    },
    "upload_unreadable": {
        "zh": "上传的内容无法读取，请再试一次。",
        "en": "What was uploaded cannot be read; try again.",
    },
    "upload_no_room": {
        "zh": "一次上传的文件太多，请先等前面的文件处理完。",
        "en": "Too much is uploaded at once; wait until the files before are taken in.",
    },
}
