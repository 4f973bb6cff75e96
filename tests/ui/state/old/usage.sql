BEGIN TRANSACTION;
CREATE TABLE usage (day TEXT, who TEXT, questions INTEGER, calls INTEGER, read INTEGER, written INTEGER, cost REAL, PRIMARY KEY (day, who));
INSERT INTO "usage" VALUES('2026-03-05','Anna',1,2,1000,50,0.25);
INSERT INTO "usage" VALUES('2026-03-04','李明',1,1,0,0,0.0);
COMMIT;
PRAGMA user_version = 0;
