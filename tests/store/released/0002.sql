BEGIN TRANSACTION;
CREATE TABLE account (
	district_id TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	role TEXT NOT NULL, 
	status TEXT NOT NULL, 
	student_id TEXT, 
	student_id_key TEXT, 
	username TEXT NOT NULL, 
	username_key TEXT NOT NULL, 
	first_name TEXT NOT NULL, 
	last_name TEXT NOT NULL, 
	school TEXT, 
	grade TEXT, 
	password_hash TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (district_id, account_id), 
	CONSTRAINT fk_account_district FOREIGN KEY(district_id) REFERENCES district (district_id)
)
 WITHOUT ROWID

;
INSERT INTO "account" VALUES('D1','a1','student','active','001','001','bob','bob','Ana','Smith','North','1','$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHU$aGFzaGhhc2k',2);
INSERT INTO "account" VALUES('D1','a2','student','active','002','002','ann','ann','Ana','Smith','North','2',NULL,2);
INSERT INTO "account" VALUES('D1','a3','student','active','003','003','calvin','calvin','Ana','Smith','North','1',NULL,2);
INSERT INTO "account" VALUES('D1','a4','student','active','004','004','dee','dee','Ana','Smith','North','K',NULL,2);
INSERT INTO "account" VALUES('D1','a6','student','active',NULL,NULL,'fox','fox','Ana','Smith','South',NULL,NULL,2);
INSERT INTO "account" VALUES('D1','a7','student','active','x5','x5','EVE','eve','Eve','',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g',1);
INSERT INTO "account" VALUES('D1','t1','staff','active',NULL,NULL,'teacher one','teacher one','Ana','Smith','North','1',NULL,1);
INSERT INTO "account" VALUES('D2','a1','student','active','001','001','ann','ann','Ana','Smith','North','1',NULL,1);
CREATE TABLE account_image (
	district_id TEXT NOT NULL, 
	import_number INTEGER NOT NULL, 
	account_id TEXT NOT NULL, 
	sheet_rows JSON NOT NULL, 
	"before" JSON, 
	difference JSON, 
	CONSTRAINT pk_account_image PRIMARY KEY (district_id, import_number, account_id), 
	CONSTRAINT fk_account_image_import FOREIGN KEY(district_id, import_number) REFERENCES import (district_id, import_number)
)
 WITHOUT ROWID

;
INSERT INTO "account_image" VALUES('D1',1,'a1','[2]','{"account_id":"a1","username":"ann","student_id":"001","first_name":"Ana","last_name":"Smith","school":"North","grade":"1","classes":["1A"],"password_hash":"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"}','{"username":"bob","password_hash":"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHU$aGFzaGhhc2k","past_usernames":["ann"],"version":2}');
INSERT INTO "account_image" VALUES('D1',1,'a2','[3,9]','{"account_id":"a2","username":"bob","student_id":"002","first_name":"Ana","last_name":"Smith","school":"North","grade":"1","classes":["1A","Band"]}','{"username":"ann","grade":"2","classes":["2B"],"past_usernames":["bob"],"version":2}');
INSERT INTO "account_image" VALUES('D1',1,'a3','[]','{"account_id":"a3","username":"cal","first_name":"Ana","last_name":"Smith","school":"North","grade":"1","past_usernames":["calvin"]}','{"username":"calvin","student_id":"003","past_usernames":["cal"],"version":2}');
INSERT INTO "account_image" VALUES('D1',1,'a5','[]','{"account_id":"a5","username":"Eve","student_id":"X5","first_name":"Ana","last_name":"Smith","school":"North","grade":"1","classes":["1B"],"past_usernames":["eva","evi"]}',NULL);
INSERT INTO "account_image" VALUES('D1',1,'a6','[]','{"account_id":"a6","username":"fox","first_name":"Ana","last_name":"Smith","status":"archived"}','{"school":"South","classes":["2A","2A"],"status":"active","version":2}');
INSERT INTO "account_image" VALUES('D1',1,'a7','[]',NULL,'{"account_id":"a7","username":"EVE","student_id":"x5","first_name":"Eve","classes":["1A"],"password_hash":"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"}');
INSERT INTO "account_image" VALUES('D1',2,'a4','[]','{"account_id":"a4","username":"dee","student_id":"004","first_name":"Ana","last_name":"Smith","school":"North","grade":"1"}','{"grade":"K","version":2}');
CREATE TABLE change (
	district_id TEXT NOT NULL, 
	import_number INTEGER NOT NULL, 
	account_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	CONSTRAINT pk_change PRIMARY KEY (district_id, import_number, account_id, field), 
	CONSTRAINT fk_change_import FOREIGN KEY(district_id, import_number) REFERENCES import (district_id, import_number)
)
 WITHOUT ROWID

;
INSERT INTO "change" VALUES('D1',1,'a1','password','"set"','"set"');
INSERT INTO "change" VALUES('D1',1,'a1','username','"ann"','"bob"');
INSERT INTO "change" VALUES('D1',1,'a2','classes','["1A","Band"]','["2B"]');
INSERT INTO "change" VALUES('D1',1,'a2','grade','"1"','"2"');
INSERT INTO "change" VALUES('D1',1,'a2','username','"bob"','"ann"');
INSERT INTO "change" VALUES('D1',1,'a3','student_id',NULL,'"003"');
INSERT INTO "change" VALUES('D1',1,'a3','username','"cal"','"calvin"');
INSERT INTO "change" VALUES('D1',1,'a5','classes','["1B"]','[]');
INSERT INTO "change" VALUES('D1',1,'a5','first_name','"Ana"',NULL);
INSERT INTO "change" VALUES('D1',1,'a5','grade','"1"',NULL);
INSERT INTO "change" VALUES('D1',1,'a5','last_name','"Smith"',NULL);
INSERT INTO "change" VALUES('D1',1,'a5','school','"North"',NULL);
INSERT INTO "change" VALUES('D1',1,'a5','student_id','"X5"',NULL);
INSERT INTO "change" VALUES('D1',1,'a5','username','"Eve"',NULL);
INSERT INTO "change" VALUES('D1',1,'a6','classes','[]','["2A","2A"]');
INSERT INTO "change" VALUES('D1',1,'a6','school',NULL,'"South"');
INSERT INTO "change" VALUES('D1',1,'a6','status','"archived"','"active"');
INSERT INTO "change" VALUES('D1',1,'a7','classes','[]','["1A"]');
INSERT INTO "change" VALUES('D1',1,'a7','first_name',NULL,'"Eve"');
INSERT INTO "change" VALUES('D1',1,'a7','password',NULL,'"set"');
INSERT INTO "change" VALUES('D1',1,'a7','student_id',NULL,'"x5"');
INSERT INTO "change" VALUES('D1',1,'a7','username',NULL,'"EVE"');
INSERT INTO "change" VALUES('D1',2,'a4','grade','"1"','"K"');
CREATE TABLE decision (
	district_id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	person_key TEXT NOT NULL, 
	person_name TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	word TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	import_number INTEGER NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (district_id, code, person_key, person_name, account_id), 
	CONSTRAINT fk_decision_import FOREIGN KEY(district_id, import_number) REFERENCES import (district_id, import_number)
)
 WITHOUT ROWID

;
INSERT INTO "decision" VALUES('D1','probable-duplicate','username x','ana smith','a1','really new','kim','2025-08-20 12:30:15.123456',3);
INSERT INTO "decision" VALUES('D1','probable-duplicate','username x','ana smith','a2','really new','kim','2025-08-20 12:30:15.123456',3);
CREATE TABLE district (
	district_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_district PRIMARY KEY (district_id)
)
 WITHOUT ROWID

;
INSERT INTO "district" VALUES('D1','District D1');
INSERT INTO "district" VALUES('D2','');
CREATE TABLE enrollment (
	district_id TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	class_name TEXT NOT NULL, 
	CONSTRAINT pk_enrollment PRIMARY KEY (district_id, account_id, position), 
	CONSTRAINT fk_enrollment_account FOREIGN KEY(district_id, account_id) REFERENCES account (district_id, account_id)
)
 WITHOUT ROWID

;
INSERT INTO "enrollment" VALUES('D1','a1',0,'1A');
INSERT INTO "enrollment" VALUES('D1','a2',0,'2B');
INSERT INTO "enrollment" VALUES('D1','a6',0,'2A');
INSERT INTO "enrollment" VALUES('D1','a6',1,'2A');
INSERT INTO "enrollment" VALUES('D1','a7',0,'1A');
CREATE TABLE grade (
	district_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_grade PRIMARY KEY (district_id, position), 
	CONSTRAINT uq_grade_name UNIQUE (district_id, name), 
	CONSTRAINT fk_grade_district FOREIGN KEY(district_id) REFERENCES district (district_id)
)
 WITHOUT ROWID

;
INSERT INTO "grade" VALUES('D1',0,'K');
INSERT INTO "grade" VALUES('D1',1,'1');
INSERT INTO "grade" VALUES('D1',2,'2');
CREATE TABLE import (
	district_id TEXT NOT NULL, 
	import_number INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	source TEXT NOT NULL, 
	sheet_hash TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	counts JSON NOT NULL, 
	confirmed JSON NOT NULL, 
	undoes INTEGER, decisions JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_import PRIMARY KEY (district_id, import_number), 
	CONSTRAINT uq_import_digest UNIQUE (district_id, digest), 
	CONSTRAINT fk_import_district FOREIGN KEY(district_id) REFERENCES district (district_id)
);
INSERT INTO "import" VALUES('D1',1,'digest-1','sheet','kim','2025-08-20 12:30:15.123456','','','','{}','["mass-update"]',NULL,'[]');
INSERT INTO "import" VALUES('D1',2,'undo','undo','kim','2025-08-20 12:30:15.123456','','','','{}','[]',1,'[]');
INSERT INTO "import" VALUES('D1',3,'decided','sheet','kim','2025-08-20 12:30:15.123456','','','','{}','[]',NULL,'["row 14: really new"]');
CREATE TABLE past_username (
	district_id TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	username TEXT NOT NULL, 
	username_key TEXT NOT NULL, 
	CONSTRAINT pk_past_username PRIMARY KEY (district_id, account_id, position), 
	CONSTRAINT fk_past_username_account FOREIGN KEY(district_id, account_id) REFERENCES account (district_id, account_id)
)
 WITHOUT ROWID

;
INSERT INTO "past_username" VALUES('D1','a1',0,'ann','ann');
INSERT INTO "past_username" VALUES('D1','a2',0,'bob','bob');
INSERT INTO "past_username" VALUES('D1','a3',0,'cal','cal');
CREATE TABLE remembered_plan (
	district_id TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	reads BLOB NOT NULL, 
	CONSTRAINT pk_remembered_plan PRIMARY KEY (district_id, digest), 
	CONSTRAINT fk_remembered_plan_district FOREIGN KEY(district_id) REFERENCES district (district_id)
);
INSERT INTO "remembered_plan" VALUES('D1','x',1,X'7801AB564A3454B252503230343236313533B7B04C4C4A4E494D53AA050052FD06CF');
CREATE TABLE rosterkey_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT rosterkey_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "rosterkey_schema" VALUES('0002');
CREATE TABLE school (
	district_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_school PRIMARY KEY (district_id, position), 
	CONSTRAINT uq_school_name UNIQUE (district_id, name), 
	CONSTRAINT fk_school_district FOREIGN KEY(district_id) REFERENCES district (district_id)
)
 WITHOUT ROWID

;
INSERT INTO "school" VALUES('D1',0,'North');
INSERT INTO "school" VALUES('D1',1,'South');
CREATE TABLE username_claim (
	district_id TEXT NOT NULL, 
	username_key TEXT NOT NULL, 
	account_id TEXT NOT NULL, 
	CONSTRAINT pk_username_claim PRIMARY KEY (district_id, username_key), 
	CONSTRAINT fk_username_claim_account FOREIGN KEY(district_id, account_id) REFERENCES account (district_id, account_id)
)
 WITHOUT ROWID

;
INSERT INTO "username_claim" VALUES('D1','bob','a1');
INSERT INTO "username_claim" VALUES('D1','ann','a2');
INSERT INTO "username_claim" VALUES('D1','calvin','a3');
INSERT INTO "username_claim" VALUES('D1','dee','a4');
INSERT INTO "username_claim" VALUES('D1','fox','a6');
INSERT INTO "username_claim" VALUES('D1','eve','a7');
INSERT INTO "username_claim" VALUES('D1','teacher one','t1');
INSERT INTO "username_claim" VALUES('D2','ann','a1');
CREATE INDEX ix_account_student_id_key ON account (district_id, student_id_key);
CREATE INDEX ix_username_claim_account_id ON username_claim (district_id, account_id);
CREATE INDEX ix_past_username_key ON past_username (district_id, username_key);
CREATE INDEX ix_remembered_plan_position ON remembered_plan (district_id, position);
COMMIT;
