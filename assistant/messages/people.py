"""People: signing in, what they may do, and their accounts."""

TEXTS: dict[str, dict[str, str]] = {
    "login_title": {"zh": "登录", "en": "Sign in"},
    "login_name": {"zh": "用户名", "en": "Name"},
    "login_password": {"zh": "密码", "en": "Password"},
    "login_button": {"zh": "登录", "en": "Sign in"},
    "logout_title": {"zh": "退出登录", "en": "Sign out"},
    "logout_who": {"zh": "当前用户：{name}", "en": "Signed in as {name}"},
    "logout_button": {"zh": "退出登录", "en": "Sign out"},
    "logout_back": {"zh": "返回", "en": "Back"},
    "sign_in_wrong": {"zh": "用户名或密码不对。", "en": "The name or the password is wrong."},
    "sign_in_locked": {
        "zh": "输错次数过多，请在 {minutes} 分钟后再试。",
        "en": "Too many wrong tries. Try again in {minutes} minutes.",
    },
    "sign_in_too_often": {
        "zh": "尝试过于频繁，请在 {seconds} 秒后再试。",
        "en": "Too many tries. Try again in {seconds} seconds.",
    },
    "sign_in_form_long": {"zh": "提交的内容过长。", "en": "The form is too long."},
    "access_changed": {
        "zh": "提问之后，您的登录或权限有了变化，答案没有发送。请重新登录后再问。",
        "en": "You were signed out, or your rights changed, since you asked; the answer is not sent. Sign in and ask again.",
    },
    "refused_title": {"zh": "暂时无法打开", "en": "Not available"},
    "try_again": {"zh": "再试一次", "en": "Try again"},
    "access_sign_in": {
        "zh": "请先登录，或附上 API 密钥（Authorization: Bearer …）。",
        "en": "Sign in, or send an API key (Authorization: Bearer …).",
    },
    "access_needs_role": {"zh": "这一操作需要 {role} 角色。", "en": "This needs the role {role}."},
    "access_wrong_host": {
        "zh": "没有账户时，只能用 localhost 或 127.0.0.1 打开。要用别的名字，请先建账户，或用 --open 启动。",
        "en": "Without accounts this server answers to localhost or 127.0.0.1 only. "
        "For another name make an account, or start it with --open.",
    },
    "access_cross_site": {
        "zh": "请求来自其他网站的页面，已拒绝。",
        "en": "The request comes from a page of another site and was refused.",
    },
    "access_too_often": {
        "zh": "每分钟最多 {most} 个问题，请在 {seconds} 秒后再试。",
        "en": "At most {most} questions a minute. Try again in {seconds} seconds.",
    },
    "open_without_accounts": {
        "zh": "监听 {host} 会让其他机器也能访问，但还没有账户。请先建一个：assistant people add NAME --role admin。"
        "若确实要对所有人开放，请加 --open（或 ASSISTANT_OPEN=1）。",
        "en": "Listening on {host} lets other machines in, and there are no accounts yet. "
        "Make one: assistant people add NAME --role admin. "
        "To let everybody do everything, add --open (or ASSISTANT_OPEN=1).",
    },
    "people_broken": {
        "zh": "账户文件 people.sqlite 无法打开（{reason}）。请检查数据文件夹的权限；若文件已损坏，请停止服务后运行 assistant repair，或从备份恢复。",
        "en": "The accounts file people.sqlite cannot be opened ({reason}). "
        "Check the permissions of the data folder; if the file is damaged, stop the server and run assistant repair, or restore a backup.",
    },
    "person_name_wrong": {
        "zh": "用户名 {name} 不可用：1 到 64 个字，只能有文字、数字和 . _ @ -。",
        "en": "The name {name} cannot be used: 1 to 64 letters, digits or . _ @ -.",
    },
    "person_exists": {"zh": "已有用户 {name}。", "en": "There is an account {name} already."},
    "person_unknown": {
        "zh": "没有用户 {name}。assistant people list 列出所有用户。",
        "en": "There is no account {name}. assistant people list shows them all.",
    },
    "first_person_admin": {
        "zh": "第一个账户必须是管理员，请加 --role admin。",
        "en": "The first account must be an admin's: add --role admin.",
    },
    "last_admin": {
        "zh": "{name} 是最后一个可用的管理员。请先让另一个人成为管理员。",
        "en": "{name} is the last admin who can sign in. Make somebody else an admin first.",
    },
    "password_short": {
        "zh": "密码至少要有 {least} 个字符。",
        "en": "A password has at least {least} characters.",
    },
    "password_long": {"zh": "密码最多 {most} 个字符。", "en": "A password has at most {most} characters."},
    "key_unknown": {
        "zh": "没有以 {prefix} 开头的密钥。assistant people keys NAME 列出密钥。",
        "en": "No key begins with {prefix}. assistant people keys NAME shows the keys.",
    },
    "cli_people": {"zh": "账户、角色和 API 密钥 / accounts, roles and API keys"},
    "cli_people_add": {"zh": "新建账户 / make an account"},
    "cli_people_list": {"zh": "列出账户 / list the accounts"},
    "cli_people_password": {"zh": "更改密码，并退出其所有登录 / change a password; ends all sessions"},
    "cli_people_role": {"zh": "更改角色 / change a role"},
    "cli_people_collections": {
        "zh": "更改可见的资料集，all 为全部 / change which collections one may see; all for every one"
    },
    "cli_people_disable": {"zh": "停用账户 / shut an account"},
    "cli_people_enable": {"zh": "重新启用 / open it again"},
    "cli_people_remove": {"zh": "删除账户及其密钥 / delete an account and its keys"},
    "cli_people_key": {"zh": "新建 API 密钥，只显示一次 / make an API key, shown once"},
    "cli_people_keys": {"zh": "列出一个人的密钥 / list a person's keys"},
    "cli_people_revoke": {"zh": "作废一个密钥 / make a key worthless"},
    "cli_person": {"zh": "用户名 / name"},
    "cli_role": {"zh": "reader（提问）、editor（还能改资料库）或 admin / what the person may do"},
    "cli_collections": {
        "zh": "可见的资料集，逗号分隔；默认全部 / collections one may see, parted by commas; default: all"
    },
    "cli_label": {"zh": "密钥的用途 / what the key is for"},
    "cli_key_prefix": {"zh": "密钥的开头（keys 列出） / the beginning of the key"},
    "cli_yes": {"zh": "不再询问 / do not ask"},
    "cli_open": {
        "zh": "没有账户也允许其他机器访问，人人可做一切 / let other machines in without accounts; all may do all"
    },
    "people_ask_password": {"zh": "密码", "en": "Password"},
    "people_ask_password_again": {"zh": "再输一次", "en": "Once more"},
    "people_ask_remove": {
        "zh": "删除 {name} 及其所有密钥？",
        "en": "Delete {name} with all keys?",
    },
    "people_ask_remove_last": {
        "zh": "{name} 是唯一的账户。删除后不再需要登录，能访问本机的人可做一切。删除？",
        "en": "{name} is the only account. Without it nobody signs in, and all who reach this machine may do all. Delete?",
    },
    "people_added": {"zh": "已建账户 {name}（{role}）。", "en": "{name} has an account ({role})."},
    "people_changed": {"zh": "已更改 {name}。", "en": "{name} is changed."},
    "people_removed": {"zh": "已删除 {name}。", "en": "{name} is deleted."},
    "people_none": {
        "zh": "还没有账户；不用登录，只限本机。",
        "en": "No accounts: nobody signs in, on this machine only.",
    },
    "people_key_once": {
        "zh": "{name} 的密钥如下，请现在保存，以后无法再看到：",
        "en": "The key of {name}. Keep it now, it cannot be shown again:",
    },
    "people_no_keys": {"zh": "{name} 没有密钥。", "en": "{name} has no keys."},
    "people_revoked": {"zh": "密钥 {prefix}… 已作废。", "en": "The key {prefix}… is worthless now."},
    "people_all": {"zh": "全部", "en": "all"},
    "people_yes": {"zh": "是", "en": "yes"},
    "column_name": {"zh": "用户名", "en": "Name"},
    "column_role": {"zh": "角色", "en": "Role"},
    "column_collections": {"zh": "资料集", "en": "Collections"},
    "column_created": {"zh": "建立", "en": "Made"},
    "column_disabled": {"zh": "停用", "en": "Shut"},
    "column_prefix": {"zh": "密钥开头", "en": "Begins with"},
    "column_label": {"zh": "用途", "en": "Label"},
    "column_used": {"zh": "最近使用", "en": "Last used"},
}
