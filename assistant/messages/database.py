"""The database server, and what is copied into it."""

TEXTS: dict[str, dict[str, str]] = {
    "catalogue_on_server": {
        "zh": "索引 {folder} 的目录在 PostgreSQL 数据库里（见其中的 {file}），但没有设置 ASSISTANT_DATABASE_URL。请设置它。",
        "en": "The catalogue of the index {folder} is in a PostgreSQL database (its {file} names it), and ASSISTANT_DATABASE_URL "
        "is not set. Set it.",
    },
    "catalogue_name_wrong": {
        "zh": "{file} 的内容不是目录的名字：只能有小写字母、数字和下划线。",
        "en": "What stands in {file} is no name of a catalogue: small letters, digits and underscores only.",
    },
    "catalogue_missing": {
        "zh": "索引 {folder} 的目录 {name} 不在 ASSISTANT_DATABASE_URL 指定的数据库里。请检查这项设置；如果数据库丢失了，请从备份恢复。"
        "没有备份的话，删除这个索引文件夹后重新导入，并重新指定谁能看什么。",
        "en": "The database of ASSISTANT_DATABASE_URL does not have {name}, the catalogue of the index {folder}. Check the setting; where "
        "the database was lost, restore it from a backup. Without one, delete the index folder, ingest again, and set anew who may see what.",
    },
    "cli_database": {"zh": "PostgreSQL 数据库 / the PostgreSQL database"},
    "cli_database_copy": {
        "zh": "把文件里的账户、对话、费用和索引目录复制到 ASSISTANT_DATABASE_URL 指定的空数据库 / copy accounts, chats, costs and the "
        "catalogue of the index from files into the empty database of ASSISTANT_DATABASE_URL"
    },
    "database_copying": {"zh": "正在复制", "en": "Copying"},
    "database_copied": {
        "zh": "已复制到 {server}：{rows} 行（{tables}）。原来的文件没有改动，从现在起不再使用。",
        "en": "Copied to {server}: {rows} rows ({tables}). The files are as they were, and not used from now on.",
    },
    "database_copy_wants_url": {
        "zh": "请先用 ASSISTANT_DATABASE_URL 指定要复制到的 PostgreSQL 数据库。",
        "en": "Set ASSISTANT_DATABASE_URL to the PostgreSQL database that is to be copied into.",
    },
    "nothing_to_copy": {
        "zh": "数据文件夹里没有可以复制的账户、对话、费用或索引目录。",
        "en": "The data folder holds no accounts, chats, costs or catalogue that could be copied.",
    },
    "database_not_empty": {
        "zh": "数据库 {server} 里已经有内容（{tables}），没有复制。请指定一个空的数据库。",
        "en": "The database {server} holds something already ({tables}), so nothing was copied. Name an empty one.",
    },
    "database_copy_broken": {
        "zh": "{file} 已损坏（{reason}），没有复制。请去掉 ASSISTANT_DATABASE_URL，先运行 assistant repair。",
        "en": "{file} is damaged ({reason}), so nothing was copied. Unset ASSISTANT_DATABASE_URL and run assistant repair first.",
    },
    "database_copy_refused": {
        "zh": "数据库不接受表 {table} 中的一行（{detail}），没有复制任何内容。",
        "en": "The database does not take a row of the table {table} ({detail}); nothing was copied.",
    },
    "database_copy_lost": {
        "zh": "表 {table} 应有 {left} 行，复制后有 {arrived} 行，没有保留任何内容。请确认没有别的程序在写入，然后重试。",
        "en": "Of the table {table}, {arrived} rows arrived where {left} left, so nothing was kept. See that no other program "
        "writes, and try again.",
    },
}
