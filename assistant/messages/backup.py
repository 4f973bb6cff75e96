"""Backups of the data folder."""

TEXTS: dict[str, dict[str, str]] = {
    "cli_backup": {
        "zh": "把整个数据文件夹备份成一个文件，服务运行时也可以 / write the whole data folder to one file, also while the server runs"
    },
    "cli_backup_file": {"zh": "备份文件，以 .tar.gz 结尾 / the backup, a .tar.gz file"},
    "cli_backup_wait": {"zh": "最多等导入结束几秒 / seconds that a running ingest is given to end"},
    "cli_restore": {
        "zh": "用备份替换数据文件夹，原来的保留在旁边 / put a backup in the place of the data folder; the present one is kept beside it"
    },
    "cli_restore_yes": {"zh": "不询问 / do not ask"},
    "backup_writing": {"zh": "正在备份", "en": "Backing up"},
    "backup_done": {
        "zh": "已备份到 {file}：{files} 个文件，{size}。里面有密码摘要和对话，请妥善保管。",
        "en": "Backed up to {file}: {files} files, {size}. It holds password hashes and chats; keep it safe.",
    },
    "backup_without_vectors": {
        "zh": "向量存放在服务器上，不在这个备份里。请在那里备份；没有备份的话，恢复后运行 assistant ingest 会从正文重新生成。",
        "en": "The vectors lie on a server and are not in this backup. Back them up there; where that was not done, assistant ingest makes them "
        "again from the texts after a restore.",
    },
    "backup_without_state": {
        "zh": "账户、对话、费用，以及放在那里的索引目录，存放在 PostgreSQL 数据库 {server} 里，不在这个备份里。请在那里备份，例如：pg_dump -Fc -f state.dump 数据库地址。",
        "en": "Accounts, chats, costs, and a catalogue that is there are kept in the PostgreSQL database {server} and are not in this backup; back them up there, "
        "for instance with pg_dump -Fc -f state.dump ADDRESS.",
    },
    "restore_without_state": {
        "zh": "账户、对话、费用，以及放在那里的索引目录，存放在 PostgreSQL 数据库 {server} 里，没有改动。要恢复到同一时刻，请停止服务后运行："
        "pg_restore --clean --if-exists -d 数据库地址 state.dump。",
        "en": "Accounts, chats, costs, and a catalogue that is there are kept in the PostgreSQL database {server} and were left as they are. To bring them to the "
        "same moment, stop the server and run pg_restore --clean --if-exists -d ADDRESS state.dump.",
    },
    "backup_name": {
        "zh": "{file}：备份文件的名字要以 .tar.gz 结尾。",
        "en": "{file}: the name of a backup must end in .tar.gz.",
    },
    "backup_there": {
        "zh": "{file} 已经存在，没有覆盖。请换一个名字。",
        "en": "{file} is there already and was left as it is. Choose another name.",
    },
    "backup_inside": {
        "zh": "{file} 在要备份的文件夹 {folder} 里面，请放到别处。",
        "en": "{file} lies inside the folder {folder} that is backed up; put it elsewhere.",
    },
    "nothing_to_back_up": {
        "zh": "{folder} 里没有可备份的内容。",
        "en": "{folder} holds nothing to back up.",
    },
    "index_changing": {
        "zh": "索引 {folder} 一直在变化，没有备份。请稍后再试。",
        "en": "The index {folder} kept changing, so nothing was backed up. Try again a little later.",
    },
    "database_broken": {
        "zh": "数据库 {file} 已损坏（{reason}），没有备份。请从较早的备份恢复。",
        "en": "The database {file} is damaged ({reason}); nothing was backed up. Restore an earlier backup.",
    },
    "backup_not_written": {
        "zh": "无法写入备份 {file}（{reason}）。请检查磁盘空间和权限。",
        "en": "The backup {file} cannot be written ({reason}). Check disk space and rights.",
    },
    "link_left_out": {
        "zh": "{file} 是链接，没有备份。",
        "en": "{file} is a link and is not in the backup.",
    },
    "name_left_out": {
        "zh": "文件名 {file} 含有无法识别的字符，没有备份。",
        "en": "The file name {file} holds characters that cannot be read; it is not in the backup.",
    },
    "restore_reading": {"zh": "正在核对并恢复", "en": "Checking and restoring"},
    "restore_sure": {
        "zh": "备份时间 {made}，{files} 个文件，{size}。用它替换 {folder} 吗？原来的会保留在旁边",
        "en": "Made {made}, {files} files, {size}. Put it in the place of {folder}? What is there now is kept beside it",
    },
    "restore_wants_yes": {
        "zh": "恢复会替换数据文件夹；请加上 --yes 表示确定。",
        "en": "Restoring replaces the data folder; add --yes to say that you are sure.",
    },
    "restore_left": {"zh": "没有改动任何内容。", "en": "Nothing was changed."},
    "restore_done": {
        "zh": "已恢复到 {folder}：{files} 个文件，全部核对无误。",
        "en": "Restored to {folder}: {files} files, all checked.",
    },
    "restore_aside": {"zh": "原来的在 {folder}。", "en": "What was there before lies in {folder}."},
    "backup_broken": {
        "zh": "{file}：这不是完整的备份文件（可能被截断、改动或损坏），没有改动任何内容。",
        "en": "{file}: this is no whole backup (cut off, altered or damaged); nothing was changed.",
    },
    "backup_escapes": {
        "zh": "{file}：备份里有不该有的文件“{name}”，已拒绝，没有改动任何内容。",
        "en": "{file}: the backup holds a file that does not belong in one, “{name}”; it was refused and nothing was changed.",
    },
    "backup_of_newer_form": {
        "zh": "{file}（{made}）由较新的版本生成，请先升级再恢复；没有改动任何内容。",
        "en": "{file} ({made}) was made by a newer version; upgrade first. Nothing was changed.",
    },
    "no_room_to_restore": {
        "zh": "{folder} 所在的磁盘放不下备份（需要 {size} MB），没有改动任何内容。",
        "en": "The disk of {folder} has no room for the backup ({size} MB are needed); nothing was changed.",
    },
    "data_in_use": {
        "zh": "服务正在使用 {folder}，请先停止服务再恢复。",
        "en": "A server has {folder} open; stop it before you restore.",
    },
    "data_not_writable": {
        "zh": "数据文件夹 {folder} 无法替换（{reason}），没有改动任何内容。它不能是挂载点，上一级文件夹要能写入。",
        "en": "The data folder {folder} cannot be replaced ({reason}); nothing was changed. It may be no mount point, and the folder above it must be writable.",
    },
    "cli_repair": {
        "zh": "检查并修复数据文件夹：索引、对话、账户；请先停止服务 / check and repair the data folder: index, chats, accounts; stop the server first"
    },
    "cli_repair_vectors": {
        "zh": "所有向量都从已存的正文重新生成 / make all vectors anew from the texts that are kept"
    },
    "repair_embedding": {"zh": "正在重新生成向量", "en": "Making vectors again"},
    "repair_damaged": {"zh": "{file} 已损坏（{reason}）。", "en": "{file} is damaged ({reason})."},
    "repair_aside": {"zh": "损坏的文件留在 {file}。", "en": "What was damaged is kept at {file}."},
    "repair_saved": {
        "zh": "{file} 已修复，保留的记录：{rows}。",
        "en": "{file} is repaired; rows kept: {rows}.",
    },
    "repair_lost": {
        "zh": "{file} 有一部分读不出来（{tables}）。如有备份，可用 assistant restore 恢复。",
        "en": "Some of {file} could not be read ({tables}). If there is a backup, assistant restore brings it back.",
    },
    "repair_not_enough": {
        "zh": "{file} 里读不出管理员账户，没有改动，以免所有人都能进入。请用 assistant restore 恢复备份，或移走该文件后重新建立账户。",
        "en": "No admin's account could be read from {file}, so it was left as it is: without accounts everybody would get "
        "in. Restore a backup with assistant restore, or move the file away and make accounts again.",
    },
    "repair_index_done": {
        "zh": "索引可用：{articles} 篇文章，{passages} 个段落，重新生成了 {embedded} 个向量。",
        "en": "The index can be used: {articles} articles, {passages} passages, {embedded} vectors made again.",
    },
    "repair_index_lost": {
        "zh": "目录里有一部分读不出来（{tables}）。请运行 assistant ingest 重新读入原文件，并检查更正和文集（谁能看到什么）。如有备份，可用 assistant restore 恢复。",
        "en": "Some of the catalogue could not be read ({tables}). Run assistant ingest to read the files again, and check "
        "corrections and collections (who may see what). If there is a backup, assistant restore brings it back.",
    },
}
