CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE files (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, problems TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE corrections (
    article_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (article_id, field));
CREATE TABLE articles (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
    source TEXT NOT NULL, region TEXT NOT NULL, info TEXT NOT NULL, sections TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE signatures (article_id TEXT PRIMARY KEY, data BLOB);
CREATE TABLE links (older TEXT NOT NULL, newer TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, article_id TEXT NOT NULL, data TEXT NOT NULL);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, heading, body, years, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE word_counts USING fts5vocab ('passage_words', 'row');
INSERT INTO meta (name, value) VALUES ('layout', '5');
INSERT INTO meta (name, value) VALUES ('model', 'digest');
INSERT INTO meta (name, value) VALUES ('splitter', 'sentences-v3-260-420');
INSERT INTO meta (name, value) VALUES ('embedder', 'digest');
INSERT INTO files (path, digest, problems, key) VALUES ('/articles/a.md', '9fffac62929ef236f6e15fe954885fecd8a61b98bda9446ae0f445908750ff54', '[]', '/articles/a.md');
INSERT INTO files (path, digest, problems, key) VALUES ('/articles/b.txt', '486e62ec0b7b627a2711303368499466b1b78c49a47970c45d5269f120d746c4', '[]', '/articles/b.txt');
INSERT INTO corrections (article_id, field, value) VALUES ('5cc51428306c', 'source', '手工更正');
INSERT INTO articles (id, file, title, date, source, region, info, sections, text) VALUES ('5cc51428306c', '/articles/a.md', '关于促进集成电路产业发展的通知', '2021-03-05', '', '', '{"id":"5cc51428306c","title":"关于促进集成电路产业发展的通知","date":"2021-03-05","source":"","region":"","url":"","file":"/articles/a.md","issuer":"","number":"","kind":"通知","origins":{"title":"headline","date":"first_lines","kind":"title"}}', '[{"path":[],"start":0,"end":9},{"path":["一、总体要求"],"start":17,"end":54},{"path":["二、重点任务"],"start":62,"end":86}]', '2021年3月5日
一、总体要求
到2025年，全市集成电路产业营收达到4800亿元。各区应当安排专项资金。
二、重点任务
支持企业建设研发中心，每家补助不超过500万元。');
INSERT INTO articles (id, file, title, date, source, region, info, sections, text) VALUES ('66ca5fecad19', '/articles/b.txt', '臺灣地區產業報告', '2020-05-06', '', '', '{"id":"66ca5fecad19","title":"臺灣地區產業報告","date":"2020-05-06","source":"","region":"","url":"","file":"/articles/b.txt","issuer":"","number":"","kind":"","origins":{"title":"headline","date":"first_lines"}}', '[{"path":[],"start":0,"end":34}]', '2020年5月6日
2019年，產值為12345億元，同比增長3%。');
INSERT INTO signatures (article_id, data) VALUES ('5cc51428306c', NULL);
INSERT INTO signatures (article_id, data) VALUES ('66ca5fecad19', NULL);
INSERT INTO passages (number, id, article_id, data) VALUES (1, '5cc51428306c-0000-1b58fc28', '5cc51428306c', '{"id":"5cc51428306c-0000-1b58fc28","article_id":"5cc51428306c","position":0,"text":"2021年3月5日","heading_path":[],"start":0,"end":9,"years":[2021],"periods":["2021-03-05"],"lead":""}');
INSERT INTO passages (number, id, article_id, data) VALUES (2, '5cc51428306c-0001-0437f442', '5cc51428306c', '{"id":"5cc51428306c-0001-0437f442","article_id":"5cc51428306c","position":1,"text":"到2025年，全市集成电路产业营收达到4800亿元。各区应当安排专项资金。","heading_path":["一、总体要求"],"start":17,"end":54,"years":[2021,2025],"periods":["2025","2021"],"lead":""}');
INSERT INTO passages (number, id, article_id, data) VALUES (3, '5cc51428306c-0002-4e3ae29c', '5cc51428306c', '{"id":"5cc51428306c-0002-4e3ae29c","article_id":"5cc51428306c","position":2,"text":"支持企业建设研发中心，每家补助不超过500万元。","heading_path":["二、重点任务"],"start":62,"end":86,"years":[2021],"periods":["2021"],"lead":""}');
INSERT INTO passages (number, id, article_id, data) VALUES (4, '66ca5fecad19-0000-feb2fe57', '66ca5fecad19', '{"id":"66ca5fecad19-0000-feb2fe57","article_id":"66ca5fecad19","position":0,"text":"2020年5月6日\n2019年，產值為12345億元，同比增長3%。","heading_path":[],"start":0,"end":34,"years":[2019,2020],"periods":["2020-05-06","2019"],"lead":""}');
INSERT INTO passage_words (rowid, title, heading, body, years) VALUES (1, '关于 促进 集成 成电 电路 集成电路 产业 发展 的 通知', '', '2021 年 3 月 5 日', 'ｙ2021');
INSERT INTO passage_words (rowid, title, heading, body, years) VALUES (2, '关于 促进 集成 成电 电路 集成电路 产业 发展 的 通知', '一 总体 要求', '到 2025 年 全市 集成 成电 电路 集成电路 产业 营收 达到 4800 亿元 各区 应当 安排 专项 资金 专项资金', 'ｙ2021 ｙ2025');
INSERT INTO passage_words (rowid, title, heading, body, years) VALUES (3, '关于 促进 集成 成电 电路 集成电路 产业 发展 的 通知', '二 重点 任务', '支持 企业 建设 研发 中心 每家 补助 不 超过 500 万元', 'ｙ2021');
INSERT INTO passage_words (rowid, title, heading, body, years) VALUES (4, '台湾 地区 台湾地区 产业 报告', '', '2020 年 5 月 6 日 2019 年 产值 为 12345 亿元 同比 增长 3%', 'ｙ2019 ｙ2020');
CREATE INDEX links_by_older ON links (older);
CREATE INDEX links_by_newer ON links (newer);
CREATE INDEX articles_by_file ON articles (file);
CREATE INDEX passages_by_article ON passages (article_id);
