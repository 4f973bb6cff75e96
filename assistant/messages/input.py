"""What is wrong with an input, an index or a setting."""

TEXTS: dict[str, dict[str, str]] = {
    "empty_question": {"zh": "问题是空的，请输入一个问题。", "en": "The question is empty; type one."},
    "question_too_long": {
        "zh": "问题有{length}个字，最多{most}个字，请缩短后再问。",
        "en": "The question has {length} characters; at most {most} are read. Shorten it.",
    },
    "empty_file": {
        "zh": "{file}：文件是空的，没有读入任何内容。",
        "en": "{file}: the file is empty; nothing was read.",
    },
    "unreadable_encoding": {
        "zh": "{file}：无法识别文字编码（支持 UTF-8、UTF-16、GB18030、Big5），请另存为 UTF-8 后重试。",
        "en": "{file}: unknown text encoding (UTF-8, UTF-16, GB18030 and Big5 are read). Save it as UTF-8 and try again.",
    },
    "unreadable_file": {"zh": "{file}：无法读取（{reason}）。", "en": "{file}: cannot be read ({reason})."},
    "unknown_format": {
        "zh": "{file}：不支持这种格式，能读的有 {known}。",
        "en": "{file}: unknown format; these are read: {known}.",
    },
    "page_not_there": {
        "zh": "{address}：服务器答复 {status}，没有取到。",
        "en": "{address}: the server says {status}; nothing was fetched.",
    },
    "page_not_reached": {
        "zh": "{address}：连接不上（{reason}），请检查网址和网络。",
        "en": "{address}: cannot be reached ({reason}); check the address and the network.",
    },
    "page_too_slow": {
        "zh": "{address}：{seconds} 秒内没有传完，没有下载。",
        "en": "{address}: not all of it came within {seconds} s; left alone.",
    },
    "page_too_large": {
        "zh": "{address}：超过 {most} MB，没有下载。",
        "en": "{address}: larger than {most} MB; left alone.",
    },
    "page_of_unknown_kind": {
        "zh": "{address}：不支持这种内容（{kind}）。",
        "en": "{address}: {kind} is no kind of text that is read.",
    },
    "broken_feed": {
        "zh": "{address}：RSS 或 sitemap 的 XML 有误（{reason}）。",
        "en": "{address}: the XML of the feed or sitemap is broken ({reason}).",
    },
    "feed_without_links": {
        "zh": "{address}：RSS 或 sitemap 里没有可取的网页。",
        "en": "{address}: the feed or sitemap lists no pages to fetch.",
    },
    "feed_too_long": {
        "zh": "{address}：列出 {links} 个网页，只取前 {most} 个。",
        "en": "{address}: lists {links} pages; the first {most} are fetched.",
    },
    "file_too_large": {
        "zh": "{file}：文件超过 {most} MB，请拆分后再导入。",
        "en": "{file}: larger than {most} MB; split it.",
    },
    "broken_front_matter": {
        "zh": "{file} 第{line}行：文件头（front matter）不是有效的 YAML，或用了锚点（&、*）。",
        "en": "{file}, line {line}: the front matter is not valid YAML, or has anchors (&, *).",
    },
    "front_matter_too_long": {
        "zh": "{file}：文件头（front matter）超过 {most} 个字符，没有读取。",
        "en": "{file}: the front matter has more than {most} characters; not read.",
    },
    "broken_json_line": {
        "zh": "{file} 第{line}行：不是有效的 JSON，已跳过，其余各行照常导入。",
        "en": "{file}, line {line}: not valid JSON; skipped, the other lines were read.",
    },
    "json_line_no_object": {
        "zh": "{file} 第{line}行：应当是一个 JSON 对象，已跳过。",
        "en": "{file}, line {line}: not a JSON object; skipped.",
    },
    "json_line_no_text": {
        "zh": "{file} 第{line}行：没有正文字段（可用的名字：{names}），已跳过。",
        "en": "{file}, line {line}: no text field (looked for: {names}); skipped.",
    },
    "collection_is_no_name": {
        "zh": "{file} 第{line}行：collection 应当是一个文集的名字，不是列表，这篇文章没有导入。请只写一个名字。",
        "en": "{file}, line {line}: collection must be the name of one collection, not a list; the article was not read. Write one name.",
    },
    "collection_without_name": {
        "zh": "--collection 后面没有文集的名字。要让所有人都能看到，请用 ingest --no-collection 或 library edit 编号 collection=。",
        "en": "--collection names no collection. To let everybody see the articles, use ingest --no-collection or library edit ID collection=.",
    },
    "collection_and_none": {
        "zh": "--collection 和 --no-collection 只能用一个。",
        "en": "Use either --collection or --no-collection, not both.",
    },
    "article_without_text": {
        "zh": "{file}：文章“{title}”没有正文，已跳过。",
        "en": "{file}: the article “{title}” has no text; skipped.",
    },
    "line_too_long": {
        "zh": "{file}：有一行超过 {most} 个字，不像文章，已跳过。请检查文件或加上换行。",
        "en": "{file}: a line has more than {most} characters; skipped. Check the file or break its lines.",
    },
    "broken_file": {
        "zh": "{file}：文件已损坏或与扩展名不符（{reason}）。请重新导出或改正扩展名。",
        "en": "{file}: broken, or not what its ending says ({reason}). Export it again or correct the ending.",
    },
    "part_not_read": {
        "zh": "{file}：文件里的 {part} 缺失或已损坏，其余内容已经读入。",
        "en": "{file}: its part {part} is missing or damaged; the rest was read.",
    },
    "format_needs_libreoffice": {
        "zh": "{file}：读取这种 {ending} 文件需要 LibreOffice。请安装 LibreOffice（https://www.libreoffice.org）后重新导入，或另存为 .docx、.xlsx 或 .pptx。",
        "en": "{file}: reading this kind of {ending} needs LibreOffice. Install it (https://www.libreoffice.org) and ingest again, or save the file as .docx, .xlsx or .pptx.",
    },
    "file_kind_not_read": {
        "zh": "{file}：这种文件（{ending}）不能读，没有导入。",
        "en": "{file}: files of this kind ({ending}) are not read; left out.",
    },
    "archive_not_read": {
        "zh": "{file}：不能读 {ending} 压缩包，没有导入。请解压，或改用 .zip。",
        "en": "{file}: {ending} archives are not read; left out. Unpack it or make it a .zip.",
    },
    "download_not_finished": {
        "zh": "{file}：文件没有下载完，没有导入。请重新下载。",
        "en": "{file}: its download was not finished; left out. Download it again.",
    },
    "broken_json": {
        "zh": "{file} 第{line}行：不是有效的 JSON。",
        "en": "{file}, line {line}: not valid JSON.",
    },
    "broken_field_mapping": {
        "zh": "{file}：字段对照应当是一个 JSON 对象，键只能是 {known}，值是文件中的字段名。",
        "en": "{file}: the field mapping must be a JSON object from {known} to the names used in the files.",
    },
    "file_encrypted": {
        "zh": "{file}：文件有密码，无法读取。请去掉密码后再导入。",
        "en": "{file}: protected by a password. Remove it and ingest again.",
    },
    "pdf_without_text": {
        "zh": "{file}：PDF 没有文字层（可能是扫描件），没有读入任何内容。请先做文字识别（OCR）。",
        "en": "{file}: the PDF has no text layer (a scan?); nothing was read. Run OCR on it first.",
    },
    "recognition_not_installed": {
        "zh": "{file}：第 {pages} 页是扫描件或图片，未安装文字识别。请运行 .venv/bin/pip install -e '.[ocr]' 后重新入库。",
        "en": "{file}: page {pages} is a scan or a picture, and character recognition is not installed. "
        "Run .venv/bin/pip install -e '.[ocr]' and ingest again.",
    },
    "scan_read_in_part": {
        "zh": "{file}：{scanned} 页扫描件中已识别 {read} 页，时间用尽；未识别：第 {pages} 页。请把文件分成几份。",
        "en": "{file}: {read} of {scanned} scanned pages were recognised before the time was up; not read: page {pages}. "
        "Split the file.",
    },
    "picture_without_text": {
        "zh": "{file}：图片上没有识别出文字。",
        "en": "{file}: no text was recognised on the picture.",
    },
    "characters_lost": {
        "zh": "{file}：{share}% 的字符未能保留，最多的在第 {page} 页；请与原件核对。",
        "en": "{file}: {share} % of the characters were not kept, most of them on page {page}; compare with the original.",
    },
    "figures_lost": {
        "zh": "{file}：{count} 个数字未能保留（{figures} 等）；请与原件核对。",
        "en": "{file}: {count} figures were not kept ({figures} …); compare with the original.",
    },
    "pdf_page_without_text": {
        "zh": "{file}：第 {pages} 页没有文字层（可能是图片），其余各页已读入。",
        "en": "{file}: page {pages} has no text layer (an image?); the other pages were read.",
    },
    "page_lost_tables": {
        "zh": "{file}：网页上有 {seen} 张表格，只读出 {kept} 张。",
        "en": "{file}: {kept} of the page's {seen} tables were kept.",
    },
    "page_without_text": {
        "zh": "{file}：没有找到正文。",
        "en": "{file}: no text was found in it.",
    },
    "archive_too_large": {
        "zh": "{file}：解压后过大，可能是压缩炸弹，没有解压。",
        "en": "{file}: too large when unpacked, perhaps a zip bomb; left alone.",
    },
    "archive_too_deep": {
        "zh": "{file}：压缩包套了太多层，没有解压。请先解压一层。",
        "en": "{file}: archives nested too deep; unpack a level first.",
    },
    "reading_took_too_long": {
        "zh": "{file}：读取超过 {seconds} 秒，已放弃，其余文件照常处理。",
        "en": "{file}: reading took more than {seconds} seconds and was given up; the others were read.",
    },
    "reading_crashed": {
        "zh": "{file}：读取时程序崩溃，已跳过，文件可能已损坏。",
        "en": "{file}: the reader crashed on it; skipped. The file may be damaged.",
    },
    "file_failed": {
        "zh": "{file}：处理时出错（{reason}），已跳过，其余文件照常处理；下次导入时会再试。",
        "en": "{file}: something went wrong with it ({reason}); skipped, the others were read. It is tried again next time.",
    },
    "file_name_is_no_text": {
        "zh": "{file}：文件名不是有效的 UTF-8 文字，请改名后再导入。",
        "en": "{file}: its name is no text in UTF-8. Rename it.",
    },
    "link_in_archive": {
        "zh": "{file}：压缩包中的链接，没有读取。",
        "en": "{file}: a link in an archive; not read.",
    },
    "link_leaves_folder": {
        "zh": "{file}：这个链接指向文件夹之外，没有读取。如果需要，请直接导入它所指的文件。",
        "en": "{file}: a link that leads out of the folder; not read. Ingest the file it points to by its own name.",
    },
    "file_needs_too_much_memory": {
        "zh": "{file}：读取所需内存过大，已跳过。请拆分后再导入。",
        "en": "{file}: needs too much memory; skipped. Split it.",
    },
    "file_of_other_format": {
        "zh": "{file}：内容其实是 {format}，与扩展名不符。请改正扩展名后再导入。",
        "en": "{file}: it is {format}, whatever its ending says. Correct the ending and ingest again.",
    },
    "change_without_value": {
        "zh": "{change}：应写成 字段=新值，如 date=2025-03-05。",
        "en": "{change}: write FIELD=VALUE, as in date=2025-03-05.",
    },
    "nothing_to_change": {
        "zh": "没有要更改的内容：请写 字段=新值，或用 --undo。",
        "en": "Nothing to change: write FIELD=VALUE or use --undo.",
    },
    "no_such_article": {
        "zh": "没有编号为 {article} 的文章；assistant library 列出全部。",
        "en": "No article {article}; assistant library lists them.",
    },
    "no_such_field": {
        "zh": "不能更改 {field}，可以更改的有 {known}。",
        "en": "{field} cannot be edited; these can: {known}.",
    },
    "not_a_date": {
        "zh": "{value} 不是日期，应写成 2025、2025-03 或 2025-03-05。",
        "en": "{value} is no date; write 2025, 2025-03 or 2025-03-05.",
    },
    "article_not_in_file": {
        "zh": "{file} 里已没有这篇文章，它仍算作已移出。",
        "en": "{file} no longer holds the article, which stays among the removed ones.",
    },
    "no_such_path": {"zh": "{file}：没有这个文件或文件夹。", "en": "{file}: no such file or folder."},
    "nothing_to_ingest": {
        "zh": "没有可导入的文件（能读的格式：{known}）。",
        "en": "Nothing to ingest (formats read: {known}).",
    },
    "index_busy": {
        "zh": "另一个导入或备份（进程和开始时间：{holder}）正在使用索引 {folder}，请等它结束后再试。",
        "en": "Another ingest or backup (process and start: {holder}) holds the index {folder}; wait until it ends.",
    },
    "index_not_writable": {
        "zh": "索引文件夹 {folder} 无法写入（{reason}）。请检查磁盘空间和权限，或用 --index 指定别的文件夹。",
        "en": "The index folder {folder} cannot be written ({reason}). Check disk space and rights, or name another with --index.",
    },
    "index_broken": {
        "zh": "索引文件夹 {folder} 的目录文件已损坏（{reason}）。请停止服务后运行 assistant repair：能读出的都会保留，损坏的文件留在旁边。",
        "en": "The catalogue in the index folder {folder} is damaged ({reason}). Stop the server and run assistant repair: "
        "all that can be read is kept, and the damaged file stays beside it.",
    },
    "vectors_broken": {
        "zh": "索引文件夹 {folder} 的向量文件已损坏（{reason}），文章没有丢失。请停止服务后运行 assistant repair，向量会从已存的正文重新生成。",
        "en": "The vectors in the index folder {folder} are damaged ({reason}); no article is lost. Stop the server and run "
        "assistant repair, which makes them again from the texts that are kept.",
    },
    "database_newer": {
        "zh": "{file} 由更新版本的程序建立（第 {reached} 步，本程序只认识到第 {known} 步），没有改动。请升级程序后再打开。",
        "en": "{file} was made by a later version of this program (step {reached}; this one knows {known}) and was left as "
        "it is. Upgrade the program.",
    },
    "database_unreachable": {
        "zh": "ASSISTANT_DATABASE_URL 指定的数据库用不了（{reason}）。请检查数据库服务和这项设置；assistant doctor 会说明是哪一台。",
        "en": "The database of ASSISTANT_DATABASE_URL cannot be used ({reason}). Check the database server and the setting; "
        "assistant doctor tells which server it is.",
    },
    "database_option_wrong": {
        "zh": "ASSISTANT_DATABASE_URL 里 ? 之后的参数不对（{detail}）。可以写的是 libpq 的参数，例如 sslmode=verify-full。",
        "en": "A parameter behind the ? of ASSISTANT_DATABASE_URL is wrong ({detail}). Parameters of libpq are known, such as "
        "sslmode=verify-full.",
    },
    "database_url_wrong": {
        "zh": "ASSISTANT_DATABASE_URL 不是 PostgreSQL 数据库的地址。写法是 postgresql://用户:密码@主机:5432/数据库名，"
        "密码里的特殊字符用百分号编码。",
        "en": "ASSISTANT_DATABASE_URL is no address of a PostgreSQL database. Write postgresql://user:password@host:5432/name, "
        "with signs of the password percent-encoded.",
    },
    "index_of_other_model": {
        "zh": "索引 {folder} 的向量是用模型 {made_with} 生成的，现在的模型是 {now}。请换回原模型，或运行 assistant ingest：会用新模型从已存的正文重新生成向量，文章和更正都保留。",
        "en": "The vectors of the index {folder} were made with the model {made_with}, now it is {now}. Use that model, or run "
        "assistant ingest, which makes them again from the texts that are kept; articles and corrections stay.",
    },
    "index_to_renew": {
        "zh": "索引 {folder} 由另一版本或另一模型建立，还没有更新完。请先运行 assistant ingest（从已存的正文更新，可以中断后继续），再作更改。",
        "en": "The index {folder} was made by another version or model and is not renewed yet. Run assistant ingest first "
        "(it renews from the texts that are kept and can be interrupted), then change it.",
    },
    "index_empty": {
        "zh": "索引 {folder} 里还没有文章，请先运行 assistant ingest。",
        "en": "The index {folder} holds no articles yet; run assistant ingest first.",
    },
    "not_an_index": {
        "zh": "{folder} 不是索引文件夹，没有删除任何内容。",
        "en": "{folder} is not an index folder; nothing was deleted.",
    },
    "chroma_server_down": {
        "zh": "连不上 Chroma 服务器 {server}（{reason}）。",
        "en": "No Chroma server answers at {server} ({reason}).",
    },
    "passages_setting_wrong": {
        "zh": "ASSISTANT_PASSAGES 的值不对。可以写 embedded（默认）、pgvector，或 Milvus 的地址 milvus+http://主机:19530"
        "（要登录时写 milvus+http://用户:密码@主机:19530，密码里的特殊字符用百分号编码）。",
        "en": "ASSISTANT_PASSAGES is wrong. Write embedded (the default), pgvector, or the address of a Milvus server, "
        "milvus+http://host:19530 (with a login milvus+http://user:password@host:19530, signs of the password percent-encoded).",
    },
    "passages_want_database": {
        "zh": "ASSISTANT_PASSAGES=pgvector 要用 ASSISTANT_DATABASE_URL 指定的数据库，而这项没有设置。请写上 "
        "postgresql://用户:密码@主机:5432/数据库名。",
        "en": "ASSISTANT_PASSAGES=pgvector keeps passages in the database of ASSISTANT_DATABASE_URL, which is not set. Set it to "
        "postgresql://user:password@host:5432/name.",
    },
    "pgvector_missing": {
        "zh": "数据库 {server} 所在的服务器没有安装 pgvector，ASSISTANT_PASSAGES=pgvector 用不了。请在数据库服务器上安装 pgvector "
        "0.8 或更新的版本（Debian 的包名是 postgresql-18-pgvector 之类），再试一次。",
        "en": "The server of the database {server} has no pgvector, which ASSISTANT_PASSAGES=pgvector needs. Install pgvector 0.8 or "
        "newer on that server (on Debian a package like postgresql-18-pgvector) and try again.",
    },
    "pgvector_not_enabled": {
        "zh": "数据库 {server} 还没有启用 pgvector，而 ASSISTANT_DATABASE_URL 里的用户无权启用。请让数据库管理员在这个数据库里执行一次 "
        "`CREATE EXTENSION vector;`",
        "en": "pgvector is not switched on in the database {server}, and the user of ASSISTANT_DATABASE_URL may not do so. Have its "
        "administrator run `CREATE EXTENSION vector;` once in that database.",
    },
    "pgvector_too_old": {
        "zh": "数据库 {server} 的 pgvector 是 {version}，ASSISTANT_PASSAGES=pgvector 需要 {oldest} 或更新的版本。请升级后在这个数据库里执行 "
        "`ALTER EXTENSION vector UPDATE;`",
        "en": "The database {server} has pgvector {version}; ASSISTANT_PASSAGES=pgvector needs {oldest} or newer. Upgrade it, then run "
        "`ALTER EXTENSION vector UPDATE;` in that database.",
    },
    "milvus_down": {
        "zh": "ASSISTANT_PASSAGES 指定的 Milvus 服务器用不了（{reason}）。请检查服务器是否在运行，以及这项设置里的地址、用户和密码。",
        "en": "The Milvus server of ASSISTANT_PASSAGES cannot be used ({reason}). Check that it runs, and the address, user and "
        "password in that setting.",
    },
    "milvus_too_old": {
        "zh": "{server} 的 Milvus 版本是 {version}，按词检索需要 {oldest} 或更新的版本。请升级服务器，或在 ASSISTANT_PASSAGES 里换一处。",
        "en": "Milvus at {server} is {version}; searching by words needs {oldest} or newer. Upgrade the server, or set "
        "ASSISTANT_PASSAGES to another place.",
    },
    "no_such_model": {
        "zh": "无法载入模型 {model}（{reason}）。请检查名字或文件夹；首次使用时要能联网下载。",
        "en": "The model {model} cannot be loaded ({reason}). Check its name or folder; the first use downloads it.",
    },
    "model_is_no_reranker": {
        "zh": "模型 {model} 不是重排模型：它不会给一对文本打一个分。请换一个 CrossEncoder。",
        "en": "The model {model} is no reranker: it was not trained to give a pair of texts one score. Name a CrossEncoder.",
    },
    "embedding_model_unset": {
        "zh": "设了嵌入服务的地址，却没有模型名：请用 ASSISTANT_EMBEDDING_MODEL 写明。",
        "en": "The embeddings endpoint has an address but no model: name it in ASSISTANT_EMBEDDING_MODEL.",
    },
    "llm_file_missing": {
        "zh": "找不到语言模型文件 {file}；请检查 ASSISTANT_LLM_FILE。",
        "en": "There is no language model file {file}; check ASSISTANT_LLM_FILE.",
    },
    "llm_file_broken": {
        "zh": "{file} 不是可用的 GGUF 文件，可能没有下载完整；请重新下载，或换一个文件。",
        "en": "{file} is no GGUF file that can be used, perhaps not whole; fetch it again, or name another.",
    },
    "llm_package_missing": {
        "zh": "要用 {file} 作答，请先安装 llama.cpp 的运行库：pip install xllamacpp",
        "en": "To answer with {file}, install llama.cpp's runtime first: pip install xllamacpp",
    },
    "embedding_endpoint_failed": {
        "zh": "嵌入服务 {address} 没有给出模型 {model} 的向量（{reason}）。请检查地址、模型名和服务；已完成的部分不会丢失。",
        "en": "The embeddings endpoint {address} gave no vectors of {model} ({reason}). Check address, model and server; what is done is kept.",
    },
    "embedding_key_refused": {
        "zh": "嵌入服务 {address} 拒绝了密钥（HTTP {status}），请检查 ASSISTANT_EMBEDDING_API_KEY。",
        "en": "The embeddings endpoint {address} refused the key (HTTP {status}); check ASSISTANT_EMBEDDING_API_KEY.",
    },
    "embedding_reply_unreadable": {
        "zh": "嵌入服务 {address} 的答复不是 OpenAI 格式的向量，请检查地址（通常以 /v1 结尾）。",
        "en": "The reply of the embeddings endpoint {address} is no OpenAI-style list of vectors; check the address (it mostly ends in /v1).",
    },
    "embedding_reply_count": {
        "zh": "嵌入服务 {address}：送去 {asked} 段文本，得到 {got} 个向量，没有存入。",
        "en": "The embeddings endpoint {address} gave {got} vectors for {asked} texts; none was stored.",
    },
    "embedding_reply_numbers": {
        "zh": "嵌入服务 {address} 的向量含有无效数值（NaN、无穷大或全零），没有存入。",
        "en": "The embeddings endpoint {address} gave a vector that is infinite, not a number or all zero; none was stored.",
    },
    "embedding_dimension_changed": {
        "zh": "嵌入服务 {address} 的向量原为 {before} 维，现为 {now} 维：模型可能已更换，没有存入。",
        "en": "The embeddings endpoint {address} gave vectors of {before} dimensions, now {now}: another model? None was stored.",
    },
}
