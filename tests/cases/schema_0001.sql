BEGIN TRANSACTION;
CREATE TABLE access_link (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	purpose VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	token_hash BLOB NOT NULL, 
	expires_at DATETIME, 
	used_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_access_link PRIMARY KEY (id), 
	CONSTRAINT fk_access_link_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_access_link_person_id_purpose UNIQUE (person_id, purpose), 
	CONSTRAINT uq_access_link_token_hash UNIQUE (token_hash)
);
INSERT INTO "access_link" VALUES(1,1,'access',1,X'738562C31E160308D0302858C977240AEFD41464055902FC1EB0FF6633F4E76F',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(12,12,'access',1,X'79D22484553F880B15DCAE9E319C8982B67841F044A7DCE6A9BE7388005D0098',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(23,23,'access',1,X'00B7407BF15B9676468E87ECA4CF516BE827E05D20558135CE92C087390D3398',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(34,34,'access',1,X'2E661B7A0C8827586E850A4FEDC57097BC1369368F75DB32A4C275AB735A7346',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(45,45,'access',1,X'64DDBDBE9F97C06A5753E0A898201F6E5499AF4709471F7D4C53725B70A34848',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(57,57,'access',1,X'51B227975B478DCB8A37D3F7D7E4F1B89F16AB0F7DA0245646897F16AEED9D6C',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(65,65,'access',1,X'89CBCFBDE7EC9DA1166F5FD13E096BB6D490812EE53AE3A1C7B896804B292EAA',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(73,73,'access',1,X'A42C6A7EC897CC45B172D240B413BFE3B93ED38D7F874FA9CABBAC523C1A4165',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(81,81,'access',1,X'C689CA6770C4335B1FE8EC91B56757CA2E5A6F43F531F24B8F17B09E705A94D7',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(89,89,'access',1,X'A7CAB07BFA25DC8A1611BB3C9B5BD202DB5D68AE3B5BFD13C8E60091932B81E4',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(99,99,'access',1,X'B20F42DBE34F14DFD7552F0B56FAE5C8B98227C8CA86F4DBA22CA18973420CD5',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(109,109,'access',1,X'B757C8A5D18E46C3E450ADA4B7FB5FAD777579E7A323157C4745F963A0FD5090',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(119,119,'access',1,X'F45C338D90225DCC4BD51DC46A8DA616CEA6947CD6B9D757A815AF1191611F20',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(129,129,'access',1,X'12ECC5BE9FA185A17501C0F56A33C06A2906EE04A7E236E83ECB3F93BD31A8FB',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(139,139,'access',1,X'CA0AB643412A20367069FE6267877D115248EDB7B59016874B899F478725ED71',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(149,149,'access',1,X'C7E54125BF71F35C472CBB1F828649AA8A98FBFD0F1873260C9F5D72EEB0AD08',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(159,159,'access',1,X'461C9ED74685BE7EFE36B792CDA1CD1DA76B3E630AC3FD98285470CF6417DADF',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(169,169,'access',1,X'6E22337DD51262C5B4268B86084CB1D80CBDFD154892A288334D1E81B4BCF5A3',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(179,179,'access',1,X'74A7DED19815272E1B40F931BE71954F7DE1852E92C7313CA225122C40E26E1E',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(189,189,'access',1,X'46F10D406D1D259BAEC9C3D120FACC232949E1A57B9E600537EBC0ED4CF36E09',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(199,199,'access',1,X'439F65E506A3D85A5EB0B85D758CAF3D28D987AF462B321927230EE229C7DD81',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(209,209,'access',1,X'E5E913A3E090F200243817F9812D9DEB8C4E0113E6CA417A4DAF748AAD5E2DA2',NULL,NULL,'2026-11-22 03:25:39.638337');
INSERT INTO "access_link" VALUES(219,99,'feed',1,X'DFCBBDA55479F34D7522DAEE952A8B41BEBBBEBB723D5E043EA3CB4D396482B6',NULL,NULL,'2026-11-22 03:25:52.118625');
INSERT INTO "access_link" VALUES(229,109,'feed',1,X'532F5383D347B842D0BBDCD725853ABF69AD863F18A129D1DAE342F8A5B11612',NULL,NULL,'2026-11-22 03:25:52.674563');
INSERT INTO "access_link" VALUES(239,119,'feed',1,X'12DE9AE688EAADA01F8BD4EA456EBA0A7C0A8C4FB3B6B65749EB1E5B55D4DBFE',NULL,NULL,'2026-11-22 03:25:53.161339');
INSERT INTO "access_link" VALUES(249,129,'feed',1,X'90E88DAC874D21ACCBF3410E0942AE3686A3F53B64CB45AB832C77E69479CB81',NULL,NULL,'2026-11-22 03:25:53.610408');
INSERT INTO "access_link" VALUES(259,139,'feed',1,X'00CD2AD6931304F8F7036783D848B9A9B131517519A802A476A186F31EEF84BD',NULL,NULL,'2026-11-22 03:25:54.058378');
INSERT INTO "access_link" VALUES(269,149,'feed',1,X'F928CA0D9312591A1B8269067AC5D6794C6D92DAA58D73C5CF7CE1DA4F4E69B3',NULL,NULL,'2026-11-22 03:25:54.426376');
INSERT INTO "access_link" VALUES(279,159,'feed',1,X'9E107E3081BAD372B60E069798D00AFAE7AC8B1F7CC438AFEA7AA23CF6C375E9',NULL,NULL,'2026-11-22 03:25:54.806327');
INSERT INTO "access_link" VALUES(289,169,'feed',1,X'2D766F8F9E24403193E5A46919A0171EE96EA696CCC0F57F9A16D7C50CFDE9A8',NULL,NULL,'2026-11-22 03:25:55.198437');
INSERT INTO "access_link" VALUES(299,179,'feed',1,X'9EE314CC13F04D526BED6D3F52B8D45E0780EE87A2C7A747CF77FF70BF845203',NULL,NULL,'2026-11-22 03:25:55.578348');
INSERT INTO "access_link" VALUES(309,189,'feed',1,X'03A2782059F91EFA902867BA0F37BBABD161B672D63D919FC61D93F2ADE344D4',NULL,NULL,'2026-11-22 03:25:55.974356');
INSERT INTO "access_link" VALUES(319,199,'feed',1,X'B39D563ACB694F3E89E3225261A9540C87661B9538DC09C6F3B75F301B6CAF14',NULL,NULL,'2026-11-22 03:25:56.358409');
INSERT INTO "access_link" VALUES(329,209,'feed',1,X'8655B04E5C113D80E175B78C771CC28FC6E4B97A5FB84C076CCBED67919BB449',NULL,NULL,'2026-11-22 03:25:56.790370');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (id)
);
INSERT INTO "attempt" VALUES(1,'0faa','2026-11-22 03:00:00.000000');
CREATE TABLE audit_entry (
	id INTEGER NOT NULL, 
	organisation_id INTEGER, 
	event_id INTEGER, 
	actor VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	detail JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_audit_entry PRIMARY KEY (id), 
	CONSTRAINT fk_audit_entry_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_audit_entry_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
INSERT INTO "audit_entry" VALUES(1,1,1,'organiser 1','event created','{"preset": "society-tracks"}','2026-11-22 03:25:39.638337');
INSERT INTO "audit_entry" VALUES(2,1,1,'organiser 1','sign-up opened','{}','2026-11-22 03:25:39.638337');
INSERT INTO "audit_entry" VALUES(3,1,1,'organiser 1','roster imported','{"placed": 53, "waiting": 3, "known": 0}','2026-11-22 03:25:39.638337');
INSERT INTO "audit_entry" VALUES(4,1,2,'organiser 1','event created','{"preset": "group-stations"}','2026-11-22 03:25:39.638337');
INSERT INTO "audit_entry" VALUES(5,1,2,'organiser 1','sign-up opened','{}','2026-11-22 03:25:39.638337');
INSERT INTO "audit_entry" VALUES(6,1,2,'organiser 1','roster imported','{"placed": 42, "waiting": 0, "known": 0}','2026-11-22 03:25:39.638337');
INSERT INTO "audit_entry" VALUES(7,1,2,'organiser 1','sign-up closed','{}','2026-11-22 03:25:39.638337');
INSERT INTO "audit_entry" VALUES(8,1,3,'organiser 1','event created','{"preset": "conference-hour"}','2026-11-22 03:25:39.638337');
CREATE TABLE block (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	title VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	minutes INTEGER NOT NULL, 
	changeover_minutes INTEGER NOT NULL, 
	rules JSON NOT NULL, 
	CONSTRAINT pk_block PRIMARY KEY (id), 
	CONSTRAINT fk_block_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_block_event_id_position UNIQUE (event_id, position)
);
INSERT INTO "block" VALUES(1,1,1,'plenary','Welcome','','2026-12-13 17:00:00.000000','2026-12-13 17:15:00.000000',15,0,'{}');
INSERT INTO "block" VALUES(2,1,2,'speed','Speed mentoring','','2026-12-13 17:15:00.000000','2026-12-13 18:27:00.000000',10,2,'{"roles": ["mentor", "mentee"], "hosts": ["mentor"], "hosts_per_table": 1, "composition": [{"count": {"role": "mentor"}, "min": 1, "max": 1}, {"count": {"role": "mentee"}, "min": 1, "max": 1}], "repeats": [{"between": ["mentor", "mentee"], "limit": "never"}], "keep_apart_same": [], "goals": ["attendance_floor", "attendance", "hosts_floor", "wishes_floor", {"goal": "wishes", "slack": 0.02}, {"goal": "fit_floor", "slack": 0.05}, {"goal": "fit", "slack": 0.02}]}');
INSERT INTO "block" VALUES(3,1,3,'plenary','Close','','2026-12-13 18:27:00.000000','2026-12-13 18:37:00.000000',10,0,'{}');
INSERT INTO "block" VALUES(4,2,1,'plenary','Welcome','','2026-11-27 13:00:00.000000','2026-11-27 13:15:00.000000',15,0,'{}');
INSERT INTO "block" VALUES(5,2,2,'speed','Stations','','2026-11-27 13:15:00.000000','2026-11-27 14:15:00.000000',10,2,'{"roles": ["mentor", "mentee"], "hosts": ["mentor"], "hosts_per_table": 3, "even_tables": true, "composition": [{"count": {"role": "mentor"}, "min": 1}, {"count": {"role": "mentee"}, "min": 1, "max": 8}], "repeats": [{"between": ["mentor", "mentee"], "limit": "never"}, {"between": ["mentee", "mentee"], "limit": "free"}], "keep_apart_same": [], "goals": ["attendance_floor", "attendance", "hosts_floor", "wishes_floor", {"goal": "wishes", "slack": 0.02}, {"goal": "fit_floor", "slack": 0.05}, {"goal": "fit", "slack": 0.02}, "balance"]}');
INSERT INTO "block" VALUES(6,2,3,'plenary','Close','','2026-11-27 14:15:00.000000','2026-11-27 14:25:00.000000',10,0,'{}');
INSERT INTO "block" VALUES(7,3,1,'speed','Speed mentoring','','2026-11-22 03:35:00.000000','2026-11-22 04:35:00.000000',10,2,'{"roles": ["mentor", "mentee"], "hosts": ["mentor"], "hosts_per_table": 1, "composition": [{"count": {"role": "mentor"}, "min": 1, "max": 1}, {"count": {"role": "mentee"}, "min": 1, "max": 1}], "repeats": [{"between": ["mentor", "mentee"], "limit": "never"}], "keep_apart_same": [], "goals": ["attendance_floor", "attendance", "hosts_floor", "wishes_floor", {"goal": "wishes", "slack": 0.02}, {"goal": "fit_floor", "slack": 0.05}, {"goal": "fit", "slack": 0.02}]}');
INSERT INTO "block" VALUES(8,3,2,'plenary','Close','','2026-11-22 04:35:00.000000','2026-11-22 04:45:00.000000',10,0,'{}');
CREATE TABLE block_role (
	id INTEGER NOT NULL, 
	sign_up_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	role VARCHAR(32), 
	CONSTRAINT pk_block_role PRIMARY KEY (id), 
	CONSTRAINT fk_block_role_block_id_block FOREIGN KEY(block_id) REFERENCES block (id) ON DELETE CASCADE, 
	CONSTRAINT fk_block_role_sign_up_id_sign_up FOREIGN KEY(sign_up_id) REFERENCES sign_up (id) ON DELETE CASCADE, 
	CONSTRAINT uq_block_role_sign_up_id_block_id UNIQUE (sign_up_id, block_id)
);
INSERT INTO "block_role" VALUES(1,209,7,'peer');
CREATE TABLE capacity (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	places INTEGER, 
	CONSTRAINT pk_capacity PRIMARY KEY (id), 
	CONSTRAINT fk_capacity_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_capacity_event_id_role UNIQUE (event_id, role)
);
INSERT INTO "capacity" VALUES(1,1,'mentor',30);
INSERT INTO "capacity" VALUES(2,1,'mentee',28);
INSERT INTO "capacity" VALUES(3,2,'mentor',15);
INSERT INTO "capacity" VALUES(4,2,'mentee',30);
INSERT INTO "capacity" VALUES(5,3,'mentor',60);
INSERT INTO "capacity" VALUES(6,3,'mentee',60);
CREATE TABLE consent (
	id INTEGER NOT NULL, 
	sign_up_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	text_version INTEGER NOT NULL, 
	given_at DATETIME NOT NULL, 
	withdrawn_at DATETIME, 
	CONSTRAINT pk_consent PRIMARY KEY (id), 
	CONSTRAINT fk_consent_sign_up_id_sign_up FOREIGN KEY(sign_up_id) REFERENCES sign_up (id) ON DELETE CASCADE, 
	CONSTRAINT uq_consent_sign_up_id_kind_text_version UNIQUE (sign_up_id, kind, text_version)
);
INSERT INTO "consent" VALUES(8,34,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(16,45,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(26,1,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(27,1,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(28,1,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(59,12,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(60,12,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(61,12,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(92,23,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(93,23,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(94,23,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(117,34,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(118,34,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(139,45,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(140,45,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(169,81,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(175,89,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(184,57,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(185,57,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(186,57,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(208,65,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(209,65,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(210,65,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(231,73,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(232,73,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(247,81,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(248,81,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(263,89,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(264,89,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(283,159,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(291,169,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(299,179,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(307,189,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(315,199,'question',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(328,99,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(329,99,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(330,99,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(358,109,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(359,109,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(360,109,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(388,119,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(389,119,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(390,119,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(418,129,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(419,129,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(420,129,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(448,139,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(449,139,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(450,139,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(478,149,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(479,149,'listed',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(480,149,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(508,159,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(509,159,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(528,169,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(529,169,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(548,179,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(549,179,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(568,189,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(569,189,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(588,199,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(589,199,'name',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(608,209,'plan',1,'2026-11-22 03:25:39.638337',NULL);
INSERT INTO "consent" VALUES(609,209,'name',1,'2026-11-22 03:25:39.638337',NULL);
CREATE TABLE event (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	slug VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	tagline VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	preset VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	zone VARCHAR NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	venue VARCHAR NOT NULL, 
	contact_email VARCHAR NOT NULL, 
	signup_closes_at DATETIME, 
	confirms_address BOOLEAN NOT NULL, 
	next_seq INTEGER NOT NULL, 
	roster_version INTEGER NOT NULL, 
	retention_days INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT fk_event_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_event_slug UNIQUE (slug)
);
INSERT INTO "event" VALUES(1,1,'an-evening-of-good-questions','An evening of good questions','Six mentors whose subject is the mentee''s own.','','society-tracks','open','Europe/Berlin','2026-12-13 17:00:00.000000','2026-12-13 18:37:00.000000','Atrium','organiser@example.org','2026-12-06 17:00:00.000000',1,57,53,90,'2026-11-22 03:25:39.638337');
INSERT INTO "event" VALUES(2,1,'teaching-day-five-stations','Teaching day: five stations','Small groups of mentees visit every station once.','','group-stations','closed','Europe/Berlin','2026-11-27 13:00:00.000000','2026-11-27 14:25:00.000000','Skills centre','organiser@example.org',NULL,1,43,42,90,'2026-11-22 03:25:39.638337');
INSERT INTO "event" VALUES(3,1,'conference-hour','Conference hour','Five mentors in one hour of a conference.','','conference-hour','closed','Europe/Berlin','2026-11-22 03:35:00.000000','2026-11-22 04:45:00.000000','Hall 2','organiser@example.org',NULL,1,121,120,90,'2026-11-22 03:25:39.638337');
CREATE TABLE invite (
	id INTEGER NOT NULL, 
	sign_up_id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	sequence INTEGER NOT NULL, 
	method VARCHAR(32), 
	stamped_at DATETIME, 
	fingerprint VARCHAR NOT NULL, 
	material VARCHAR NOT NULL, 
	told_version INTEGER NOT NULL, 
	partstat VARCHAR(32) NOT NULL, 
	replied_at DATETIME, 
	CONSTRAINT pk_invite PRIMARY KEY (id), 
	CONSTRAINT fk_invite_sign_up_id_sign_up FOREIGN KEY(sign_up_id) REFERENCES sign_up (id), 
	CONSTRAINT uq_invite_sign_up_id UNIQUE (sign_up_id), 
	CONSTRAINT uq_invite_uid UNIQUE (uid)
);
INSERT INTO "invite" VALUES(1,99,'267e10b9-5a7b-4a8f-8436-7e9239f12ff9','live',0,'REQUEST','2026-11-22 03:25:39.000000','5be30c84f1933cfd1a07d51090766fb79c78c940b56e2e2ca90945a0a8ada8fa','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(11,109,'03eb26f7-9a99-4aee-9e10-697dac460b2c','live',0,'REQUEST','2026-11-22 03:25:39.000000','6b03131c557bf9a60cbf470f416618b381ea366e6380d3f61387ad8456a3b301','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(21,119,'8e624109-1693-4ecf-98da-6ec63db3098f','live',0,'REQUEST','2026-11-22 03:25:39.000000','6a156d3cddb77e6106319b5b42f0173c82376ff17d9d28797aae60304663470a','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(31,129,'6131d1c3-59cf-42bf-8555-1029c86198d9','live',0,'REQUEST','2026-11-22 03:25:39.000000','4c51474b211b5143e2f3bddba753f1bbb44ddb40b2c4ebac4178e1a5b41255f2','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(41,139,'af36b6c8-a4aa-4608-b646-f48e3d1644c7','live',0,'REQUEST','2026-11-22 03:25:39.000000','9e51b35363c5cf9bdfb2da2967a2b916a71f45e8dcbe27ae338af5d1af6ab035','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(51,149,'0b61661f-b1ac-4117-a201-a8ee51904b92','live',0,'REQUEST','2026-11-22 03:25:39.000000','d597c44eafe9e195d8380a005c6cd800a24664ceb3ac909265cd9566ebd729cc','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(61,159,'8a4ddec4-007e-4745-8dd4-032896dcf57d','live',0,'REQUEST','2026-11-22 03:25:39.000000','1725d856bbc4fcc97e1b535fe76b827a07a58a474e602f3d116a7317907089e6','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(71,169,'2fa79c48-1b0e-4f75-b707-59a674eacb91','live',0,'REQUEST','2026-11-22 03:25:39.000000','85755753d2a41dcd6b046aeada3de99f24f5f2f4f1b86ffa0e881581ee12cec6','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(81,179,'a239dc69-32a6-42ac-99d7-dedb126e1f47','live',0,'REQUEST','2026-11-22 03:25:39.000000','4e1b235d14b67afc8ba44c2e861021031a0c00e6d960184ccb18ef90bc3e64ba','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(91,189,'ad7af628-be5d-4ec6-afee-0d55349d9dd4','live',0,'REQUEST','2026-11-22 03:25:39.000000','eb534d1121221848dbf3fc7ed79240d85e40d3aef24efd5b51cc9c503cba9f61','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(101,199,'f90e5b28-912a-4817-bf89-508c5b0b2d51','live',0,'REQUEST','2026-11-22 03:25:39.000000','15781e28b463a76ebff53b91bab5250ff9f4df91fa6cf0d5645d483aa891d237','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
INSERT INTO "invite" VALUES(111,209,'9890dd0c-69a8-446a-9805-7c6af172b1a2','live',0,'REQUEST','2026-11-22 03:25:39.000000','40f5f95414b389da242155a622806071ced3b5823283f41f92368bb87599a5d5','["2026-11-22T03:35:00+00:00", "2026-11-22T04:45:00+00:00", "Hall 2"]',1,'NEEDS-ACTION',NULL);
CREATE TABLE lease (
	name VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (name)
);
INSERT INTO "lease" VALUES('ticker','4242-abcd','2026-11-22 03:00:00.000000');
CREATE TABLE organisation (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_organisation PRIMARY KEY (id)
);
INSERT INTO "organisation" VALUES(1,'Institute of Medical Education','2026-11-22 03:25:39.638337');
INSERT INTO "organisation" VALUES(2,'Another organisation','2026-11-22 03:26:19.401369');
CREATE TABLE organiser (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	email_canonical VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_organiser PRIMARY KEY (id), 
	CONSTRAINT fk_organiser_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_organiser_email_canonical UNIQUE (email_canonical)
);
INSERT INTO "organiser" VALUES(1,1,'Demo organiser','organiser@example.org','organiser@example.org','$argon2id$v=19$m=19456,t=2,p=1$4C+QUslRcKooZ0YVA+59Sg$6ahH6MKqDnbxpiDLpVnWrEB9DaiVlAc8qyOzQkeN6EE','owner','2026-11-22 03:25:39.638337');
CREATE TABLE organiser_session (
	id INTEGER NOT NULL, 
	organiser_id INTEGER NOT NULL, 
	token_hash BLOB NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_organiser_session PRIMARY KEY (id), 
	CONSTRAINT fk_organiser_session_organiser_id_organiser FOREIGN KEY(organiser_id) REFERENCES organiser (id) ON DELETE CASCADE, 
	CONSTRAINT uq_organiser_session_token_hash UNIQUE (token_hash)
);
INSERT INTO "organiser_session" VALUES(1,1,X'0000000000000000000000000000000000000000000000000000000000000000','2026-11-22 03:00:00.000000','2026-11-22 03:00:00.000000','2026-11-29 03:00:00.000000');
CREATE TABLE outbox_message (
	id INTEGER NOT NULL, 
	event_id INTEGER, 
	person_id INTEGER, 
	kind VARCHAR NOT NULL, 
	to_name VARCHAR NOT NULL, 
	to_address VARCHAR NOT NULL, 
	reply_to VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT NOT NULL, 
	calendar TEXT, 
	method VARCHAR(32), 
	uid VARCHAR, 
	sequence INTEGER, 
	message_id VARCHAR NOT NULL, 
	order_key VARCHAR NOT NULL, 
	idempotency_key VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_attempt_at DATETIME NOT NULL, 
	give_up_at DATETIME NOT NULL, 
	lease_until DATETIME, 
	owner VARCHAR, 
	last_error VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_outbox_message PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_message_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_outbox_message_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_outbox_message_idempotency_key UNIQUE (idempotency_key), 
	CONSTRAINT uq_outbox_message_message_id UNIQUE (message_id)
);
INSERT INTO "outbox_message" VALUES(1,3,99,'invite','Diane Le Lévêque','diane.le.leveque@example.org','organiser@example.org','Your plan for Conference hour','Dear Diane Le Lévêque,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 2, Aureliana Oprea
04:47  Table 2, Carmen Nistor
04:59  Table 2, 马雪梅
05:11  Table 2, Thành Lê
05:23  Table 2, Marco Nogueira

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Diane Le Lévêque, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>2</span></td><td>Aureliana Oprea</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>2</span></td><td>Carmen Nistor</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>2</span></td><td>马雪梅</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>2</span></td><td>Thành Lê</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>2</span></td><td>Marco Nogueira</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:267e10b9-5a7b-4a8f-8436-7e9239f12ff9
SEQUENCE:0
ATTENDEE;CN="Diane Le Lévêque";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;R
 OLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:diane.le.leveque@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 2\, with Aureliana\n04:47 Round 2: Table 
 2\, with Carmen\n04:59 Round 3: Table 2\, with 马雪梅\n05:11 Round 4: T
 able 2\, with Thành\n05:23 Round 5: Table 2\, with Marco\n\nAbout the eve
 nt: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','267e10b9-5a7b-4a8f-8436-7e9239f12ff9',0,'<fbde0cc11b71426a8908f91ecee1b8c8@example.org>','invite:267e10b9-5a7b-4a8f-8436-7e9239f12ff9','267e10b9-5a7b-4a8f-8436-7e9239f12ff9:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:52.168669');
INSERT INTO "outbox_message" VALUES(11,3,109,'invite','Rose Mullery','rose.mullery@example.org','organiser@example.org','Your plan for Conference hour','Dear Rose Mullery,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 44, Stefan O''Hagan
04:47  Table 44, Νίκος Ανδρουλάκης
04:59  Table 44, Helena Svensson
05:11  Table 44, Tara Conboy
05:23  Table 44, Jip van der Stael

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Rose Mullery, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>44</span></td><td>Stefan O&#39;Hagan</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>44</span></td><td>Νίκος Ανδρουλάκης</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>44</span></td><td>Helena Svensson</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>44</span></td><td>Tara Conboy</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>44</span></td><td>Jip van der Stael</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:03eb26f7-9a99-4aee-9e10-697dac460b2c
SEQUENCE:0
ATTENDEE;CN="Rose Mullery";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=RE
 Q-PARTICIPANT;RSVP=TRUE:mailto:rose.mullery@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 44\, with Stefan\n04:47 Round 2: Table 44
 \, with Νίκος\n04:59 Round 3: Table 44\, with Helena\n05:11 Round 4: 
 Table 44\, with Tara\n05:23 Round 5: Table 44\, with Jip\n\nAbout the even
 t: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','03eb26f7-9a99-4aee-9e10-697dac460b2c',0,'<9498fc173e6b439ca54c2207c0ab0335@example.org>','invite:03eb26f7-9a99-4aee-9e10-697dac460b2c','03eb26f7-9a99-4aee-9e10-697dac460b2c:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:52.711960');
INSERT INTO "outbox_message" VALUES(21,3,119,'invite','Ronald Chambers','ronald.chambers@example.org','organiser@example.org','Your plan for Conference hour','Dear Ronald Chambers,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:59  Table 19, 赵宁
05:11  Table 19, Elvira Ekström-Pettersson
05:23  Table 19, Lucy Turner

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Ronald Chambers, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:59</td><td class="no"><span>19</span></td><td>赵宁</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>19</span></td><td>Elvira Ekström-Pettersson</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>19</span></td><td>Lucy Turner</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:8e624109-1693-4ecf-98da-6ec63db3098f
SEQUENCE:0
ATTENDEE;CN="Ronald Chambers";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE
 =REQ-PARTICIPANT;RSVP=TRUE:mailto:ronald.chambers@example.org
CLASS:PRIVATE
DESCRIPTION:04:59 Round 3: Table 19\, with 赵宁\n05:11 Round 4: Table 19
 \, with Elvira\n05:23 Round 5: Table 19\, with Lucy\n\nAbout the event: ht
 tp://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','8e624109-1693-4ecf-98da-6ec63db3098f',0,'<468dad8837a443c9a26e43bf942bdf04@example.org>','invite:8e624109-1693-4ecf-98da-6ec63db3098f','8e624109-1693-4ecf-98da-6ec63db3098f:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:53.205396');
INSERT INTO "outbox_message" VALUES(31,3,129,'invite','Süha Elöve Aksu','suha.elove.aksu@example.org','organiser@example.org','Your plan for Conference hour','Dear Süha Elöve Aksu,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 18, Gabriel Bouvet de Bruneau
04:47  Table 18, Roberta Meucci
04:59  Table 18, Marie Page
05:11  Table 18, Katherina Käster B. Sc.
05:23  Table 18, Amalia Golgi

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Süha Elöve Aksu, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>18</span></td><td>Gabriel Bouvet de Bruneau</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>18</span></td><td>Roberta Meucci</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>18</span></td><td>Marie Page</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>18</span></td><td>Katherina Käster B. Sc.</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>18</span></td><td>Amalia Golgi</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:6131d1c3-59cf-42bf-8555-1029c86198d9
SEQUENCE:0
ATTENDEE;CN="Süha Elöve Aksu";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RO
 LE=REQ-PARTICIPANT;RSVP=TRUE:mailto:suha.elove.aksu@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 18\, with Gabriel\n04:47 Round 2: Table 1
 8\, with Roberta\n04:59 Round 3: Table 18\, with Marie\n05:11 Round 4: Tab
 le 18\, with Katherina\n05:23 Round 5: Table 18\, with Amalia\n\nAbout the
  event: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','6131d1c3-59cf-42bf-8555-1029c86198d9',0,'<3519edeaa1424457b24dcf915ca7a825@example.org>','invite:6131d1c3-59cf-42bf-8555-1029c86198d9','6131d1c3-59cf-42bf-8555-1029c86198d9:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:53.661196');
INSERT INTO "outbox_message" VALUES(41,3,139,'invite','William Mills','william.mills@example.org','organiser@example.org','Your plan for Conference hour','Dear William Mills,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 40, चेतना शर्माजी
04:47  Table 40, Heather Potts
04:59  Table 40, Gil Melo-Pacheco
05:11  Table 40, Βαλέρια-Ήλια Τουρνά
05:23  Table 40, Helena Svensson

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear William Mills, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>40</span></td><td>चेतना शर्माजी</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>40</span></td><td>Heather Potts</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>40</span></td><td>Gil Melo-Pacheco</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>40</span></td><td>Βαλέρια-Ήλια Τουρνά</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>40</span></td><td>Helena Svensson</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:af36b6c8-a4aa-4608-b646-f48e3d1644c7
SEQUENCE:0
ATTENDEE;CN="William Mills";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=R
 EQ-PARTICIPANT;RSVP=TRUE:mailto:william.mills@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 40\, with चेतना\n04:47 Round 2:
  Table 40\, with Heather\n04:59 Round 3: Table 40\, with Gil\n05:11 Round 
 4: Table 40\, with Βαλέρια-Ήλια\n05:23 Round 5: Table 40\, with
  Helena\n\nAbout the event: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','af36b6c8-a4aa-4608-b646-f48e3d1644c7',0,'<6f0cfac4a29b47c5a286b6fec14fba7b@example.org>','invite:af36b6c8-a4aa-4608-b646-f48e3d1644c7','af36b6c8-a4aa-4608-b646-f48e3d1644c7:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:54.087110');
INSERT INTO "outbox_message" VALUES(51,3,149,'invite','Alex Davis','alex.davis@example.org','organiser@example.org','Your plan for Conference hour','Dear Alex Davis,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 32, Lucy Turner
04:47  Table 32, Gottfried Jessel
04:59  Table 32, चेतना शर्माजी
05:11  Table 32, Amalia Golgi
05:23  Table 32, 三浦 翼

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Alex Davis, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>32</span></td><td>Lucy Turner</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>32</span></td><td>Gottfried Jessel</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>32</span></td><td>चेतना शर्माजी</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>32</span></td><td>Amalia Golgi</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>32</span></td><td>三浦 翼</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:0b61661f-b1ac-4117-a201-a8ee51904b92
SEQUENCE:0
ATTENDEE;CN="Alex Davis";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-
 PARTICIPANT;RSVP=TRUE:mailto:alex.davis@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 32\, with Lucy\n04:47 Round 2: Table 32\,
  with Gottfried\n04:59 Round 3: Table 32\, with चेतना\n05:11 Rou
 nd 4: Table 32\, with Amalia\n05:23 Round 5: Table 32\, with 三浦\n\nAbo
 ut the event: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','0b61661f-b1ac-4117-a201-a8ee51904b92',0,'<563f8c3e21a849ffbbdf1f36a3df9af8@example.org>','invite:0b61661f-b1ac-4117-a201-a8ee51904b92','0b61661f-b1ac-4117-a201-a8ee51904b92:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:54.455814');
INSERT INTO "outbox_message" VALUES(61,3,159,'invite','Roberta Meucci','roberta.meucci@example.org','organiser@example.org','Your plan for Conference hour','Dear Roberta Meucci,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 54, Růžena Petrová
04:47  Table 18, Süha Elöve Aksu
04:59  Table 45, Connor Lee
05:11  Table 50, Matilda Ericsson
05:23  Table 24, Amy Torres

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Roberta Meucci, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>54</span></td><td>Růžena Petrová</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>18</span></td><td>Süha Elöve Aksu</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>45</span></td><td>Connor Lee</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>50</span></td><td>Matilda Ericsson</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>24</span></td><td>Amy Torres</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:8a4ddec4-007e-4745-8dd4-032896dcf57d
SEQUENCE:0
ATTENDEE;CN="Roberta Meucci";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=
 REQ-PARTICIPANT;RSVP=TRUE:mailto:roberta.meucci@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 54\, with Růžena\n04:47 Round 2: Table 
 18\, with Süha\n04:59 Round 3: Table 45\, with Connor\n05:11 Round 4: Tab
 le 50\, with Matilda\n05:23 Round 5: Table 24\, with Amy\n\nAbout the even
 t: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','8a4ddec4-007e-4745-8dd4-032896dcf57d',0,'<bf15dadc82c84feabfa87cf1a36a94f7@example.org>','invite:8a4ddec4-007e-4745-8dd4-032896dcf57d','8a4ddec4-007e-4745-8dd4-032896dcf57d:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:54.835769');
INSERT INTO "outbox_message" VALUES(71,3,169,'invite','Francesco Hornich','francesco.hornich@example.org','organiser@example.org','Your plan for Conference hour','Dear Francesco Hornich,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 52, Matthijs Boeser
04:47  Table 31, Annette Kelly
04:59  Table 58, Sidar Atanur Aslan
05:11  Table 9, Olivier Chauveau
05:23  Table 34, Alastair Garraghy

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Francesco Hornich, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>52</span></td><td>Matthijs Boeser</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>31</span></td><td>Annette Kelly</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>58</span></td><td>Sidar Atanur Aslan</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>9</span></td><td>Olivier Chauveau</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>34</span></td><td>Alastair Garraghy</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:2fa79c48-1b0e-4f75-b707-59a674eacb91
SEQUENCE:0
ATTENDEE;CN="Francesco Hornich";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RO
 LE=REQ-PARTICIPANT;RSVP=TRUE:mailto:francesco.hornich@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 52\, with Matthijs\n04:47 Round 2: Table 
 31\, with Annette\n04:59 Round 3: Table 58\, with Sidar\n05:11 Round 4: Ta
 ble 9\, with Olivier\n05:23 Round 5: Table 34\, with Alastair\n\nAbout the
  event: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','2fa79c48-1b0e-4f75-b707-59a674eacb91',0,'<a4da8ea630214c33a80e62d51b6a69c2@example.org>','invite:2fa79c48-1b0e-4f75-b707-59a674eacb91','2fa79c48-1b0e-4f75-b707-59a674eacb91:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:55.245362');
INSERT INTO "outbox_message" VALUES(81,3,179,'invite','Nicole Mitchell','nicole.mitchell@example.org','organiser@example.org','Your plan for Conference hour','Dear Nicole Mitchell,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 31, Annette Kelly
04:47  Your round to reflect
04:59  Table 13, Maria Bleijenberg
05:11  Table 30, Lisa Casagrande
05:23  Table 53, Anna Maria Zagozda

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Nicole Mitchell, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>31</span></td><td>Annette Kelly</td></tr>
<tr><td class="tm">04:47</td><td class="no rest"><span>&nbsp;</span></td><td>Your round to reflect</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>13</span></td><td>Maria Bleijenberg</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>30</span></td><td>Lisa Casagrande</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>53</span></td><td>Anna Maria Zagozda</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:a239dc69-32a6-42ac-99d7-dedb126e1f47
SEQUENCE:0
ATTENDEE;CN="Nicole Mitchell";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE
 =REQ-PARTICIPANT;RSVP=TRUE:mailto:nicole.mitchell@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 31\, with Annette\n04:47 Round 2: a round
  to reflect\n04:59 Round 3: Table 13\, with Maria\n05:11 Round 4: Table 30
 \, with Lisa\n05:23 Round 5: Table 53\, with Anna\n\nAbout the event: http
 ://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','a239dc69-32a6-42ac-99d7-dedb126e1f47',0,'<f49e64e41fc84139a671714180ed4c76@example.org>','invite:a239dc69-32a6-42ac-99d7-dedb126e1f47','a239dc69-32a6-42ac-99d7-dedb126e1f47:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:55.608389');
INSERT INTO "outbox_message" VALUES(91,3,189,'invite','Chelsea Lewis','chelsea.lewis@example.org','organiser@example.org','Your plan for Conference hour','Dear Chelsea Lewis,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:47  Table 60, Philip Horgan
04:59  Table 20, Chloe O''Brien
05:11  Table 4, दुर्गा महरा
05:23  Table 55, Joséphine Collet

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Chelsea Lewis, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:47</td><td class="no"><span>60</span></td><td>Philip Horgan</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>20</span></td><td>Chloe O&#39;Brien</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>4</span></td><td>दुर्गा महरा</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>55</span></td><td>Joséphine Collet</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:ad7af628-be5d-4ec6-afee-0d55349d9dd4
SEQUENCE:0
ATTENDEE;CN="Chelsea Lewis";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=R
 EQ-PARTICIPANT;RSVP=TRUE:mailto:chelsea.lewis@example.org
CLASS:PRIVATE
DESCRIPTION:04:47 Round 2: Table 60\, with Philip\n04:59 Round 3: Table 20
 \, with Chloe\n05:11 Round 4: Table 4\, with दुर्गा\n05:23 Rou
 nd 5: Table 55\, with Joséphine\n\nAbout the event: http://127.0.0.1:8321
 /e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','ad7af628-be5d-4ec6-afee-0d55349d9dd4',0,'<059343deab8a43c8a172fc0fd9929fba@example.org>','invite:ad7af628-be5d-4ec6-afee-0d55349d9dd4','ad7af628-be5d-4ec6-afee-0d55349d9dd4:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:56.006684');
INSERT INTO "outbox_message" VALUES(101,3,199,'invite','Gottfried Jessel','gottfried.jessel@example.org','organiser@example.org','Your plan for Conference hour','Dear Gottfried Jessel,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 29, Dylan Middleton-Patel
04:47  Table 32, Alex Davis
04:59  Table 10, 坂本 裕美子
05:11  Table 55, Joséphine Collet
05:23  Table 26, जयन्त कलिताजी

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Gottfried Jessel, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>29</span></td><td>Dylan Middleton-Patel</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>32</span></td><td>Alex Davis</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>10</span></td><td>坂本 裕美子</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>55</span></td><td>Joséphine Collet</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>26</span></td><td>जयन्त कलिताजी</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:f90e5b28-912a-4817-bf89-508c5b0b2d51
SEQUENCE:0
ATTENDEE;CN="Gottfried Jessel";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROL
 E=REQ-PARTICIPANT;RSVP=TRUE:mailto:gottfried.jessel@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 29\, with Dylan\n04:47 Round 2: Table 32
 \, with Alex\n04:59 Round 3: Table 10\, with 坂本\n05:11 Round 4: Table 
 55\, with Joséphine\n05:23 Round 5: Table 26\, with जयन्त\n\nAb
 out the event: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','f90e5b28-912a-4817-bf89-508c5b0b2d51',0,'<a76ba8a9daf04589a0a0962eff77b5c9@example.org>','invite:f90e5b28-912a-4817-bf89-508c5b0b2d51','f90e5b28-912a-4817-bf89-508c5b0b2d51:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:56.388090');
INSERT INTO "outbox_message" VALUES(111,3,209,'invite','Ευστάθιος Μπραζιώτης','eustathios.mpraziotes@example.org','organiser@example.org','Your plan for Conference hour','Dear Ευστάθιος Μπραζιώτης,

your seats at Conference hour are set.

Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)
Hall 2

04:35  Table 16, Timoteo Valero Paredes
04:47  Table 22, माननीय गौरी जोशी
04:59  Table 30, Lisa Casagrande
05:11  Table 45, Connor Lee
05:23  Table 13, Maria Bleijenberg

A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.

Open my page:
{{link:access}}

Rather subscribe? This feed has an entry for each round. Use the entry or the feed, not both:
{{link:feed}}

Cannot come after all? Withdraw on your page. Opening the link changes nothing; you confirm there:
{{link:access/withdraw}}

-- 
Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org
','<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>Your plan for Conference hour
</title>
<style>
body{margin:0;background:#f3f6f1;color:#15302a;font-family:-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5}
table{border-collapse:collapse} .outer{width:100%} .sheet{width:100%;max-width:600px;margin:0 auto;background:#ffffff}
.top{background:#0b4a3e;color:#ffffff;padding:18px 28px;font-weight:700} .ring{display:inline-block;vertical-align:middle;width:16px;height:16px;margin-right:12px;border:4px dashed #ffffff;border-radius:14px}
.pad{padding:28px} h1{font-size:26px;line-height:1.2;margin:0 0 12px;color:#15302a} h2{font-size:18px;line-height:1.3;margin:24px 0 8px} p{margin:0 0 14px} .soft{color:#46605a} .s{font-size:14px}
.box{width:100%;background:#fdf0d6;border-left:6px solid #f5b13d;margin:0 0 14px} .box td{padding:10px 16px;width:100%;vertical-align:top} .was{color:#46605a} .box .lab{width:64px;min-width:64px;color:#46605a;font-size:14px}
.btn{display:inline-block;background:#0e5a4b;color:#ffffff;font-weight:700;text-decoration:none;padding:13px 22px;border-radius:6px} .lnk{color:#0e5a4b}
.it{width:100%;margin:0 0 20px} .it td{padding:9px 0;border-top:1px solid #d3ddd5;vertical-align:top} .it .tm{width:62px;font-weight:700} .it .no{width:44px;font-weight:800} .it .no span{display:inline-block;min-width:28px;height:28px;line-height:28px;border-radius:14px;text-align:center;background:#0b4a3e;color:#f5b13d} .it .rest span{background:#ffffff;border:3px solid #6a4b8f;min-width:22px;width:22px;height:22px} .it .new td{background:#fdf0d6}
.foot{padding:20px 28px;color:#46605a;font-size:13px}
@media (prefers-color-scheme:dark){body{background:#0d1a17;color:#e8f0ec}.sheet{background:#142722}h1,h2{color:#e8f0ec}.soft,.was,.box .lab,.foot{color:#b4c6be}.box,.it .new td{background:#3a2b0b}.it td{border-color:#2b423a}.lnk{color:#7ed2b6}.btn{background:#7ed2b6;color:#06231b}.it .rest span{background:#142722;border-color:#cbb3ec}}
</style>
</head>
<body>
<div role="main" lang="en-GB">
<table class="outer" role="presentation"><tr><td>
<table class="sheet" role="presentation">
<tr><td class="top"><span class="ring"></span>Conference hour</td></tr>
<tr><td class="pad">
<h1>Your plan, round by round</h1>
<p>Dear Ευστάθιος Μπραζιώτης, your seats are set. A calendar entry comes with this mail. Say yes to it, and it stays true when something changes.</p>
<p><a class="btn" href="{{link:access}}">Open my page</a></p>
<p class="soft s">Sunday 22 November 2026, 04:35 to 05:45 (Europe/Berlin)<br>Hall 2</p>
<table class="it">
<tr><td class="tm">04:35</td><td class="no"><span>16</span></td><td>Timoteo Valero Paredes</td></tr>
<tr><td class="tm">04:47</td><td class="no"><span>22</span></td><td>माननीय गौरी जोशी</td></tr>
<tr><td class="tm">04:59</td><td class="no"><span>30</span></td><td>Lisa Casagrande</td></tr>
<tr><td class="tm">05:11</td><td class="no"><span>45</span></td><td>Connor Lee</td></tr>
<tr><td class="tm">05:23</td><td class="no"><span>13</span></td><td>Maria Bleijenberg</td></tr>
</table>
<p class="s">Cannot come after all? <a class="lnk" href="{{link:access/withdraw}}">Withdraw on your page</a>. Opening the link changes nothing; you confirm there.</p>
<p class="s">Rather subscribe? <a class="lnk" href="{{link:feed}}">This feed</a> has an entry for each round. Use the entry or the feed, not both.</p>
</td></tr>
<tr><td class="foot">Institute of Medical Education, with Roundabout. You get this because you signed up. The links are yours alone. Questions: organiser@example.org</td></tr>
</table>
</td></tr></table>
</div>
</body>
</html>
','BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Roundabout//Mentoring events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20251018T020000
TZNAME:CEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Conference hour
DTSTART;TZID=Europe/Berlin:20261122T043500
DTEND;TZID=Europe/Berlin:20261122T054500
DTSTAMP:20261122T032539Z
UID:9890dd0c-69a8-446a-9805-7c6af172b1a2
SEQUENCE:0
ATTENDEE;CN="Ευστάθιος Μπραζιώτης";CUTYPE=INDIVIDUAL;PA
 RTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:eustathios.mpraz
 iotes@example.org
CLASS:PRIVATE
DESCRIPTION:04:35 Round 1: Table 16\, with Timoteo\n04:47 Round 2: Table 2
 2\, with माननीय\n04:59 Round 3: Table 30\, with Lisa\n05:11 Ro
 und 4: Table 45\, with Connor\n05:23 Round 5: Table 13\, with Maria\n\nAbo
 ut the event: http://127.0.0.1:8321/e/conference-hour
LOCATION:Hall 2
ORGANIZER;CN="Institute of Medical Education":mailto:roundabout@example.or
 g
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:http://127.0.0.1:8321/e/conference-hour
END:VEVENT
END:VCALENDAR
','REQUEST','9890dd0c-69a8-446a-9805-7c6af172b1a2',0,'<38b5f1c458e74a2a97c4026570666053@example.org>','invite:9890dd0c-69a8-446a-9805-7c6af172b1a2','9890dd0c-69a8-446a-9805-7c6af172b1a2:0:REQUEST:20261122T032539Z','sent',1,'2026-11-22 03:25:39.638337','2026-11-22 03:35:00.000000',NULL,NULL,'to the local outbox','2026-11-22 03:25:39.638337','2026-11-22 03:25:56.821419');
CREATE TABLE owner_invitation (
	id INTEGER NOT NULL, 
	organisation_id INTEGER NOT NULL, 
	email VARCHAR NOT NULL, 
	token_hash BLOB NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_owner_invitation PRIMARY KEY (id), 
	CONSTRAINT fk_owner_invitation_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT uq_owner_invitation_token_hash UNIQUE (token_hash)
);
INSERT INTO "owner_invitation" VALUES(1,2,'second@example.org',X'4AE5959D12029DAF772B80C2A2A91701CD07052CC40A37A5771E978F6447F1C3','2026-11-29 03:26:19.401369',NULL);
CREATE TABLE person (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	email_canonical VARCHAR NOT NULL, 
	stage VARCHAR, 
	affiliation VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	erased_at DATETIME, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT fk_person_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT uq_person_event_id_email_canonical UNIQUE (event_id, email_canonical)
);
INSERT INTO "person" VALUES(1,1,'Diane Le Lévêque','diane.le.leveque@example.org','diane.le.leveque@example.org','senior','Northern General','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(12,1,'Еріка Дзиндра','erika.dzindra@example.org','erika.dzindra@example.org','fellow','Rural Health Network','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(23,1,'माननीय निखिला मंडल','maanniiy.nikhilaa.mnddl@example.org','maanniiy.nikhilaa.mnddl@example.org','fellow','City Children''s Hospital','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(34,1,'Luce Faivre','luce.faivre@example.org','luce.faivre@example.org','student','Karolinska Huddinge','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(45,1,'孟霞','meng.xia@example.org','meng.xia@example.org','fellow','City Children''s Hospital','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(57,2,'Sig.ra Valeria Giusti','sig.ra.valeria.giusti@example.org','sig.ra.valeria.giusti@example.org','fellow','City Children''s Hospital','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(65,2,'Edward Clark','edward.clark@example.org','edward.clark@example.org','senior','University Hospital Zürich','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(73,2,'Okt. Şilan Demir Manço','okt.silan.demir.manco@example.org','okt.silan.demir.manco@example.org','resident','University Hospital Zürich','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(81,2,'Iida Soininen','iida.soininen@example.org','iida.soininen@example.org','fellow','University Hospital Zürich','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(89,2,'Valeria Pop','valeria.pop@example.org','valeria.pop@example.org','fellow','Karolinska Huddinge','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(99,3,'Diane Le Lévêque','diane.le.leveque@example.org','diane.le.leveque@example.org','senior','Northern General','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(109,3,'Rose Mullery','rose.mullery@example.org','rose.mullery@example.org','senior','Hospital Clínic','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(119,3,'Ronald Chambers','ronald.chambers@example.org','ronald.chambers@example.org','mid_career','Ospedale Maggiore','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(129,3,'Süha Elöve Aksu','suha.elove.aksu@example.org','suha.elove.aksu@example.org','mid_career','CHU de Liège','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(139,3,'William Mills','william.mills@example.org','william.mills@example.org','mid_career','CHU de Liège','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(149,3,'Alex Davis','alex.davis@example.org','alex.davis@example.org','mid_career','Royal Infirmary','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(159,3,'Roberta Meucci','roberta.meucci@example.org','roberta.meucci@example.org','fellow','Charité Mitte','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(169,3,'Francesco Hornich','francesco.hornich@example.org','francesco.hornich@example.org','fellow','CHU de Liège','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(179,3,'Nicole Mitchell','nicole.mitchell@example.org','nicole.mitchell@example.org','student','Royal Infirmary','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(189,3,'Chelsea Lewis','chelsea.lewis@example.org','chelsea.lewis@example.org','resident','Karolinska Huddinge','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(199,3,'Gottfried Jessel','gottfried.jessel@example.org','gottfried.jessel@example.org','resident','Ospedale Maggiore','2026-11-22 03:25:39.638337',NULL);
INSERT INTO "person" VALUES(209,3,'Ευστάθιος Μπραζιώτης','eustathios.mpraziotes@example.org','eustathios.mpraziotes@example.org','resident','Royal Infirmary','2026-11-22 03:25:39.638337',NULL);
CREATE TABLE plan_run (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	problem TEXT NOT NULL, 
	problem_digest VARCHAR NOT NULL, 
	roster_version INTEGER NOT NULL, 
	seed INTEGER NOT NULL, 
	time_limit_s DOUBLE NOT NULL, 
	"plan" TEXT, 
	status VARCHAR, 
	findings JSON NOT NULL, 
	progress JSON NOT NULL, 
	stop_requested BOOLEAN NOT NULL, 
	attempts INTEGER NOT NULL, 
	owner VARCHAR, 
	lease_until DATETIME, 
	error VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	started_at DATETIME, 
	finished_at DATETIME, 
	CONSTRAINT pk_plan_run PRIMARY KEY (id), 
	CONSTRAINT fk_plan_run_block_id_block FOREIGN KEY(block_id) REFERENCES block (id), 
	CONSTRAINT fk_plan_run_event_id_event FOREIGN KEY(event_id) REFERENCES event (id)
);
INSERT INTO "plan_run" VALUES(1,3,7,'done','{
  "composition": [
    {"count": {"role": "mentor"}, "max": 1, "min": 1},
    {"count": {"role": "mentee"}, "max": 1, "min": 1}],
  "fit": [
    ["p159", "p100", 0.182],
    ["p159", "p103", 0.818],
    ["p159", "p109", 0.727],
    ["p159", "p113", 0.164],
    ["p159", "p114", 0.182],
    ["p159", "p115", 0.273],
    ["p159", "p116", 0.164],
    ["p159", "p118", 0.545],
    ["p159", "p119", 0.727],
    ["p159", "p124", 0.455],
    ["p159", "p125", 0.273],
    ["p159", "p126", 0.245],
    ["p159", "p127", 0.727],
    ["p159", "p129", 0.545],
    ["p159", "p131", 0.545],
    ["p159", "p132", 0.182],
    ["p159", "p133", 0.182],
    ["p159", "p135", 0.491],
    ["p159", "p137", 0.245],
    ["p159", "p138", 0.455],
    ["p159", "p139", 0.273],
    ["p159", "p141", 0.545],
    ["p159", "p143", 0.491],
    ["p159", "p144", 0.545],
    ["p159", "p147", 0.545],
    ["p159", "p149", 0.545],
    ["p159", "p152", 0.273],
    ["p159", "p153", 0.655],
    ["p159", "p158", 0.491],
    ["p160", "p101", 0.545],
    ["p160", "p102", 0.273],
    ["p160", "p105", 0.273],
    ["p160", "p107", 0.182],
    ["p160", "p108", 0.182],
    ["p160", "p112", 0.736],
    ["p160", "p113", 0.245],
    ["p160", "p114", 0.182],
    ["p160", "p117", 0.182],
    ["p160", "p118", 0.545],
    ["p160", "p120", 0.491],
    ["p160", "p122", 0.164],
    ["p160", "p123", 0.273],
    ["p160", "p124", 0.273],
    ["p160", "p126", 0.164],
    ["p160", "p131", 0.727],
    ["p160", "p132", 0.182],
    ["p160", "p135", 0.409],
    ["p160", "p138", 0.545],
    ["p160", "p142", 0.182],
    ["p160", "p145", 0.545],
    ["p160", "p146", 0.182],
    ["p160", "p148", 0.245],
    ["p160", "p149", 0.455],
    ["p160", "p150", 0.164],
    ["p160", "p152", 0.545],
    ["p160", "p153", 0.245],
    ["p160", "p155", 0.545],
    ["p160", "p156", 0.273],
    ["p160", "p157", 0.545],
    ["p160", "p158", 0.164],
    ["p160", "p99", 0.182],
    ["p161", "p102", 0.273],
    ["p161", "p103", 0.545],
    ["p161", "p104", 0.182],
    ["p161", "p105", 0.266],
    ["p161", "p106", 0.266],
    ["p161", "p107", 0.182],
    ["p161", "p111", 0.266],
    ["p161", "p112", 0.545],
    ["p161", "p113", 0.182],
    ["p161", "p116", 0.182],
    ["p161", "p117", 0.273],
    ["p161", "p121", 0.182],
    ["p161", "p127", 0.532],
    ["p161", "p128", 0.182],
    ["p161", "p129", 0.182],
    ["p161", "p130", 0.443],
    ["p161", "p133", 0.273],
    ["p161", "p134", 0.266],
    ["p161", "p136", 0.177],
    ["p161", "p140", 0.709],
    ["p161", "p144", 0.273],
    ["p161", "p148", 0.182],
    ["p161", "p149", 0.545],
    ["p161", "p150", 0.545],
    ["p161", "p154", 1.0],
    ["p161", "p155", 0.273],
    ["p161", "p158", 0.545],
    ["p161", "p99", 0.532],
    ["p162", "p100", 0.177],
    ["p162", "p101", 0.532],
    ["p162", "p103", 0.266],
    ["p162", "p107", 0.532],
    ["p162", "p109", 0.173],
    ["p162", "p113", 0.182],
    ["p162", "p114", 0.177],
    ["p162", "p115", 0.266],
    ["p162", "p116", 0.182],
    ["p162", "p118", 0.518],
    ["p162", "p119", 0.177],
    ["p162", "p123", 0.532],
    ["p162", "p124", 0.432],
    ["p162", "p125", 0.266],
    ["p162", "p126", 0.273],
    ["p162", "p127", 0.173],
    ["p162", "p128", 0.545],
    ["p162", "p132", 0.173],
    ["p162", "p133", 0.177],
    ["p162", "p137", 0.273],
    ["p162", "p138", 0.95],
    ["p162", "p139", 0.266],
    ["p162", "p143", 0.545],
    ["p162", "p152", 0.798],
    ["p162", "p153", 0.182],
    ["p163", "p101", 0.545],
    ["p163", "p103", 0.182],
    ["p163", "p105", 0.266],
    ["p163", "p106", 0.266],
    ["p163", "p107", 0.545],
    ["p163", "p110", 0.273],
    ["p163", "p111", 0.266],
    ["p163", "p115", 0.182],
    ["p163", "p118", 0.532],
    ["p163", "p119", 0.273],
    ["p163", "p121", 0.273],
    ["p163", "p123", 0.545],
    ["p163", "p124", 0.177],
    ["p163", "p125", 0.182],
    ["p163", "p126", 0.182],
    ["p163", "p128", 0.545],
    ["p163", "p134", 0.266],
    ["p163", "p137", 0.455],
    ["p163", "p138", 0.709],
    ["p163", "p139", 0.182],
    ["p163", "p143", 0.545],
    ["p163", "p144", 0.273],
    ["p163", "p152", 0.727],
    ["p163", "p157", 0.266],
    ["p164", "p100", 0.266],
    ["p164", "p106", 0.173],
    ["p164", "p107", 0.532],
    ["p164", "p108", 0.691],
    ["p164", "p109", 0.432],
    ["p164", "p113", 0.273],
    ["p164", "p114", 0.798],
    ["p164", "p116", 0.273],
    ["p164", "p117", 0.532],
    ["p164", "p119", 0.266],
    ["p164", "p122", 0.727],
    ["p164", "p124", 0.259],
    ["p164", "p126", 0.545],
    ["p164", "p127", 0.259],
    ["p164", "p131", 0.532],
    ["p164", "p132", 0.777],
    ["p164", "p133", 0.266],
    ["p164", "p135", 0.545],
    ["p164", "p137", 0.182],
    ["p164", "p138", 0.259],
    ["p164", "p139", 0.177],
    ["p164", "p141", 0.173],
    ["p164", "p142", 0.532],
    ["p164", "p146", 0.518],
    ["p164", "p149", 0.532],
    ["p164", "p150", 0.545],
    ["p164", "p152", 0.177],
    ["p164", "p153", 0.273],
    ["p164", "p157", 0.173],
    ["p164", "p158", 0.545],
    ["p164", "p99", 0.518],
    ["p165", "p102", 0.545],
    ["p165", "p103", 0.273],
    ["p165", "p105", 0.532],
    ["p165", "p108", 0.177],
    ["p165", "p112", 0.818],
    ["p165", "p113", 0.545],
    ["p165", "p115", 0.182],
    ["p165", "p118", 0.177],
    ["p165", "p119", 0.182],
    ["p165", "p120", 0.182],
    ["p165", "p121", 0.182],
    ["p165", "p123", 0.545],
    ["p165", "p124", 0.532],
    ["p165", "p125", 0.182],
    ["p165", "p126", 0.182],
    ["p165", "p127", 0.266],
    ["p165", "p128", 0.182],
    ["p165", "p135", 0.545],
    ["p165", "p140", 0.266],
    ["p165", "p144", 0.182],
    ["p165", "p148", 0.545],
    ["p165", "p149", 0.818],
    ["p165", "p150", 0.273],
    ["p165", "p151", 0.182],
    ["p165", "p153", 0.545],
    ["p165", "p154", 0.273],
    ["p165", "p156", 0.727],
    ["p165", "p158", 0.273],
    ["p165", "p99", 0.266],
    ["p166", "p101", 0.727],
    ["p166", "p103", 0.273],
    ["p166", "p107", 0.182],
    ["p166", "p112", 0.736],
    ["p166", "p118", 0.727],
    ["p166", "p120", 0.491],
    ["p166", "p123", 0.182],
    ["p166", "p127", 0.273],
    ["p166", "p128", 0.164],
    ["p166", "p131", 0.545],
    ["p166", "p138", 0.727],
    ["p166", "p140", 0.273],
    ["p166", "p143", 0.164],
    ["p166", "p145", 0.545],
    ["p166", "p149", 0.273],
    ["p166", "p150", 0.245],
    ["p166", "p152", 0.727],
    ["p166", "p154", 0.273],
    ["p166", "p155", 0.545],
    ["p166", "p157", 0.545],
    ["p166", "p158", 0.245],
    ["p166", "p99", 0.273],
    ["p167", "p100", 0.532],
    ["p167", "p102", 0.177],
    ["p167", "p103", 0.532],
    ["p167", "p105", 0.259],
    ["p167", "p106", 0.259],
    ["p167", "p107", 0.532],
    ["p167", "p110", 0.818],
    ["p167", "p111", 0.259],
    ["p167", "p116", 0.182],
    ["p167", "p117", 0.709],
    ["p167", "p119", 0.266],
    ["p167", "p120", 0.545],
    ["p167", "p121", 0.273],
    ["p167", "p125", 0.532],
    ["p167", "p126", 0.545],
    ["p167", "p128", 0.545],
    ["p167", "p129", 0.177],
    ["p167", "p130", 0.691],
    ["p167", "p133", 0.709],
    ["p167", "p134", 0.259],
    ["p167", "p136", 0.173],
    ["p167", "p137", 0.273],
    ["p167", "p142", 0.177],
    ["p167", "p143", 0.182],
    ["p167", "p144", 0.266],
    ["p167", "p146", 0.173],
    ["p167", "p148", 0.182],
    ["p167", "p151", 0.177],
    ["p167", "p153", 0.182],
    ["p167", "p154", 0.532],
    ["p167", "p157", 0.259],
    ["p167", "p158", 0.545],
    ["p168", "p103", 0.273],
    ["p168", "p107", 0.182],
    ["p168", "p108", 0.727],
    ["p168", "p109", 0.273],
    ["p168", "p114", 0.182],
    ["p168", "p115", 0.545],
    ["p168", "p117", 0.182],
    ["p168", "p118", 0.818],
    ["p168", "p119", 0.818],
    ["p168", "p120", 0.491],
    ["p168", "p121", 0.491],
    ["p168", "p122", 0.164],
    ["p168", "p125", 0.545],
    ["p168", "p126", 0.655],
    ["p168", "p127", 0.273],
    ["p168", "p128", 0.491],
    ["p168", "p129", 0.273],
    ["p168", "p131", 0.455],
    ["p168", "p132", 0.182],
    ["p168", "p135", 0.409],
    ["p168", "p141", 0.273],
    ["p168", "p142", 0.182],
    ["p168", "p143", 0.245],
    ["p168", "p144", 0.818],
    ["p168", "p146", 0.182],
    ["p168", "p147", 0.273],
    ["p168", "p149", 0.455],
    ["p168", "p150", 0.164],
    ["p168", "p151", 0.545],
    ["p168", "p153", 0.245],
    ["p168", "p156", 0.545],
    ["p168", "p158", 0.409],
    ["p168", "p99", 0.182],
    ["p169", "p100", 0.273],
    ["p169", "p103", 0.455],
    ["p169", "p107", 0.818],
    ["p169", "p108", 0.545],
    ["p169", "p109", 0.182],
    ["p169", "p110", 0.245],
    ["p169", "p114", 0.545],
    ["p169", "p117", 0.818],
    ["p169", "p118", 0.182],
    ["p169", "p119", 0.182],
    ["p169", "p120", 0.245],
    ["p169", "p122", 0.491],
    ["p169", "p125", 0.273],
    ["p169", "p126", 0.736],
    ["p169", "p127", 0.182],
    ["p169", "p128", 0.245],
    ["p169", "p129", 0.182],
    ["p169", "p130", 0.273],
    ["p169", "p131", 0.727],
    ["p169", "p132", 0.545],
    ["p169", "p133", 0.273],
    ["p169", "p135", 0.655],
    ["p169", "p141", 0.182],
    ["p169", "p142", 0.545],
    ["p169", "p143", 0.164],
    ["p169", "p144", 0.182],
    ["p169", "p146", 0.545],
    ["p169", "p147", 0.182],
    ["p169", "p149", 0.727],
    ["p169", "p150", 0.491],
    ["p169", "p153", 0.164],
    ["p169", "p154", 0.273],
    ["p169", "p158", 0.9],
    ["p169", "p99", 0.545],
    ["p170", "p102", 0.727],
    ["p170", "p105", 0.532],
    ["p170", "p106", 0.798],
    ["p170", "p108", 0.266],
    ["p170", "p109", 0.266],
    ["p170", "p111", 0.532],
    ["p170", "p116", 0.182],
    ["p170", "p117", 0.727],
    ["p170", "p122", 0.273],
    ["p170", "p129", 0.182],
    ["p170", "p130", 0.709],
    ["p170", "p133", 0.727],
    ["p170", "p134", 0.532],
    ["p170", "p136", 0.177],
    ["p170", "p137", 0.273],
    ["p170", "p139", 0.273],
    ["p170", "p141", 0.266],
    ["p170", "p142", 0.182],
    ["p170", "p143", 0.182],
    ["p170", "p144", 0.545],
    ["p170", "p146", 0.177],
    ["p170", "p148", 0.182],
    ["p170", "p151", 0.182],
    ["p170", "p152", 0.273],
    ["p170", "p153", 0.182],
    ["p170", "p154", 0.545],
    ["p170", "p155", 0.545],
    ["p170", "p157", 0.266],
    ["p171", "p100", 0.273],
    ["p171", "p103", 0.455],
    ["p171", "p105", 0.532],
    ["p171", "p106", 0.532],
    ["p171", "p107", 0.273],
    ["p171", "p110", 0.818],
    ["p171", "p111", 0.532],
    ["p171", "p115", 0.182],
    ["p171", "p117", 0.273],
    ["p171", "p119", 0.545],
    ["p171", "p120", 0.273],
    ["p171", "p121", 0.545],
    ["p171", "p124", 0.177],
    ["p171", "p125", 0.455],
    ["p171", "p126", 0.455],
    ["p171", "p128", 0.273],
    ["p171", "p130", 0.266],
    ["p171", "p133", 0.273],
    ["p171", "p134", 0.532],
    ["p171", "p137", 0.727],
    ["p171", "p138", 0.177],
    ["p171", "p139", 0.182],
    ["p171", "p144", 0.545],
    ["p171", "p152", 0.182],
    ["p171", "p154", 0.273],
    ["p171", "p157", 0.532],
    ["p171", "p158", 0.273],
    ["p172", "p100", 0.545],
    ["p172", "p103", 0.455],
    ["p172", "p109", 0.798],
    ["p172", "p112", 0.182],
    ["p172", "p113", 0.545],
    ["p172", "p114", 0.545],
    ["p172", "p116", 0.545],
    ["p172", "p118", 0.266],
    ["p172", "p119", 0.818],
    ["p172", "p124", 0.532],
    ["p172", "p127", 0.975],
    ["p172", "p129", 0.273],
    ["p172", "p131", 0.273],
    ["p172", "p132", 0.532],
    ["p172", "p133", 0.545],
    ["p172", "p135", 0.273],
    ["p172", "p138", 0.532],
    ["p172", "p140", 0.177],
    ["p172", "p141", 0.266],
    ["p172", "p143", 0.273],
    ["p172", "p144", 0.273],
    ["p172", "p147", 0.266],
    ["p172", "p149", 0.455],
    ["p172", "p150", 0.182],
    ["p172", "p153", 0.818],
    ["p172", "p154", 0.182],
    ["p172", "p158", 0.455],
    ["p172", "p99", 0.177],
    ["p173", "p100", 0.273],
    ["p173", "p103", 0.273],
    ["p173", "p107", 0.455],
    ["p173", "p108", 0.727],
    ["p173", "p110", 0.245],
    ["p173", "p114", 0.182],
    ["p173", "p115", 0.545],
    ["p173", "p117", 0.455],
    ["p173", "p118", 0.545],
    ["p173", "p119", 0.545],
    ["p173", "p120", 0.736],
    ["p173", "p121", 0.491],
    ["p173", "p122", 0.164],
    ["p173", "p125", 0.818],
    ["p173", "p126", 0.9],
    ["p173", "p128", 0.736],
    ["p173", "p130", 0.273],
    ["p173", "p131", 0.182],
    ["p173", "p132", 0.182],
    ["p173", "p133", 0.273],
    ["p173", "p135", 0.164],
    ["p173", "p142", 0.182],
    ["p173", "p144", 0.545],
    ["p173", "p146", 0.182],
    ["p173", "p149", 0.182],
    ["p173", "p150", 0.164],
    ["p173", "p151", 0.545],
    ["p173", "p154", 0.273],
    ["p173", "p156", 0.545],
    ["p173", "p158", 0.409],
    ["p173", "p99", 0.182],
    ["p174", "p100", 0.443],
    ["p174", "p104", 0.266],
    ["p174", "p105", 0.518],
    ["p174", "p106", 0.518],
    ["p174", "p109", 0.173],
    ["p174", "p110", 0.545],
    ["p174", "p111", 0.777],
    ["p174", "p113", 0.182],
    ["p174", "p114", 0.177],
    ["p174", "p116", 0.455],
    ["p174", "p119", 0.709],
    ["p174", "p121", 0.545],
    ["p174", "p124", 0.173],
    ["p174", "p127", 0.173],
    ["p174", "p132", 0.173],
    ["p174", "p133", 0.177],
    ["p174", "p134", 0.518],
    ["p174", "p137", 0.545],
    ["p174", "p138", 0.173],
    ["p174", "p144", 0.532],
    ["p174", "p145", 0.259],
    ["p174", "p147", 0.259],
    ["p174", "p153", 0.182],
    ["p174", "p156", 0.266],
    ["p174", "p157", 0.518],
    ["p174", "p99", 0.259],
    ["p175", "p101", 0.182],
    ["p175", "p102", 0.545],
    ["p175", "p104", 0.273],
    ["p175", "p107", 0.273],
    ["p175", "p112", 0.182],
    ["p175", "p113", 0.273],
    ["p175", "p116", 0.818],
    ["p175", "p117", 0.545],
    ["p175", "p118", 0.177],
    ["p175", "p120", 0.182],
    ["p175", "p121", 0.273],
    ["p175", "p128", 0.273],
    ["p175", "p129", 0.818],
    ["p175", "p130", 0.798],
    ["p175", "p131", 0.182],
    ["p175", "p133", 0.545],
    ["p175", "p136", 0.798],
    ["p175", "p138", 0.177],
    ["p175", "p140", 0.266],
    ["p175", "p142", 0.545],
    ["p175", "p143", 0.545],
    ["p175", "p145", 0.177],
    ["p175", "p146", 0.532],
    ["p175", "p148", 0.818],
    ["p175", "p151", 0.545],
    ["p175", "p152", 0.182],
    ["p175", "p153", 0.545],
    ["p175", "p154", 0.273],
    ["p175", "p155", 0.182],
    ["p175", "p157", 0.177],
    ["p176", "p100", 0.273],
    ["p176", "p102", 0.545],
    ["p176", "p103", 0.455],
    ["p176", "p105", 0.532],
    ["p176", "p107", 0.273],
    ["p176", "p109", 0.177],
    ["p176", "p110", 0.273],
    ["p176", "p112", 0.545],
    ["p176", "p113", 0.545],
    ["p176", "p117", 0.273],
    ["p176", "p118", 0.177],
    ["p176", "p119", 0.182],
    ["p176", "p120", 0.273],
    ["p176", "p123", 0.545],
    ["p176", "p124", 0.532],
    ["p176", "p125", 0.273],
    ["p176", "p126", 0.273],
    ["p176", "p127", 0.177],
    ["p176", "p128", 0.273],
    ["p176", "p129", 0.182],
    ["p176", "p130", 0.266],
    ["p176", "p131", 0.182],
    ["p176", "p133", 0.273],
    ["p176", "p135", 0.727],
    ["p176", "p141", 0.177],
    ["p176", "p143", 0.182],
    ["p176", "p144", 0.182],
    ["p176", "p147", 0.177],
    ["p176", "p148", 0.545],
    ["p176", "p149", 0.727],
    ["p176", "p153", 0.727],
    ["p176", "p154", 0.273],
    ["p176", "p156", 0.545],
    ["p176", "p158", 0.455],
    ["p177", "p101", 0.177],
    ["p177", "p103", 0.266],
    ["p177", "p107", 0.532],
    ["p177", "p108", 0.518],
    ["p177", "p112", 0.182],
    ["p177", "p114", 0.532],
    ["p177", "p115", 0.266],
    ["p177", "p117", 0.532],
    ["p177", "p118", 0.173],
    ["p177", "p120", 0.182],
    ["p177", "p122", 0.545],
    ["p177", "p124", 0.259],
    ["p177", "p125", 0.266],
    ["p177", "p126", 0.818],
    ["p177", "p131", 0.709],
    ["p177", "p132", 0.518],
    ["p177", "p135", 0.545],
    ["p177", "p137", 0.273],
    ["p177", "p138", 0.432],
    ["p177", "p139", 0.266],
    ["p177", "p142", 0.532],
    ["p177", "p145", 0.173],
    ["p177", "p146", 0.518],
    ["p177", "p149", 0.532],
    ["p177", "p150", 0.545],
    ["p177", "p152", 0.443],
    ["p177", "p155", 0.177],
    ["p177", "p157", 0.173],
    ["p177", "p158", 0.545],
    ["p177", "p99", 0.518],
    ["p178", "p101", 0.273],
    ["p178", "p103", 0.545],
    ["p178", "p104", 0.182],
    ["p178", "p107", 0.455],
    ["p178", "p113", 0.164],
    ["p178", "p115", 0.545],
    ["p178", "p116", 0.164],
    ["p178", "p118", 0.273],
    ["p178", "p121", 0.164],
    ["p178", "p123", 0.273],
    ["p178", "p124", 0.545],
    ["p178", "p125", 0.545],
    ["p178", "p126", 0.491],
    ["p178", "p128", 0.409],
    ["p178", "p129", 0.182],
    ["p178", "p130", 0.182],
    ["p178", "p136", 0.182],
    ["p178", "p137", 0.491],
    ["p178", "p138", 0.818],
    ["p178", "p139", 0.545],
    ["p178", "p140", 0.182],
    ["p178", "p143", 0.245],
    ["p178", "p148", 0.164],
    ["p178", "p152", 0.818],
    ["p178", "p154", 0.182],
    ["p179", "p100", 0.177],
    ["p179", "p101", 0.532],
    ["p179", "p103", 0.177],
    ["p179", "p107", 0.709],
    ["p179", "p108", 0.259],
    ["p179", "p110", 0.182],
    ["p179", "p115", 0.266],
    ["p179", "p117", 0.177],
    ["p179", "p118", 0.777],
    ["p179", "p119", 0.266],
    ["p179", "p120", 0.455],
    ["p179", "p121", 0.273],
    ["p179", "p123", 0.532],
    ["p179", "p125", 0.443],
    ["p179", "p126", 0.455],
    ["p179", "p128", 1.0],
    ["p179", "p130", 0.173],
    ["p179", "p133", 0.177],
    ["p179", "p138", 0.518],
    ["p179", "p143", 0.545],
    ["p179", "p144", 0.266],
    ["p179", "p151", 0.266],
    ["p179", "p152", 0.532],
    ["p179", "p154", 0.177],
    ["p179", "p156", 0.266],
    ["p179", "p158", 0.182],
    ["p180", "p100", 0.545],
    ["p180", "p102", 0.182],
    ["p180", "p105", 0.177],
    ["p180", "p106", 0.443],
    ["p180", "p108", 0.266],
    ["p180", "p109", 0.798],
    ["p180", "p111", 0.177],
    ["p180", "p113", 0.545],
    ["p180", "p114", 0.545],
    ["p180", "p116", 0.545],
    ["p180", "p117", 0.182],
    ["p180", "p119", 0.545],
    ["p180", "p122", 0.273],
    ["p180", "p124", 0.532],
    ["p180", "p127", 0.532],
    ["p180", "p130", 0.177],
    ["p180", "p132", 0.532],
    ["p180", "p133", 0.727],
    ["p180", "p134", 0.177],
    ["p180", "p137", 0.273],
    ["p180", "p138", 0.532],
    ["p180", "p139", 0.273],
    ["p180", "p141", 0.266],
    ["p180", "p144", 0.182],
    ["p180", "p152", 0.273],
    ["p180", "p153", 0.545],
    ["p180", "p154", 0.182],
    ["p180", "p155", 0.182],
    ["p180", "p157", 0.266],
    ["p181", "p100", 0.177],
    ["p181", "p102", 0.532],
    ["p181", "p103", 0.443],
    ["p181", "p105", 0.518],
    ["p181", "p107", 0.177],
    ["p181", "p110", 0.182],
    ["p181", "p112", 0.545],
    ["p181", "p113", 0.545],
    ["p181", "p115", 0.266],
    ["p181", "p117", 0.177],
    ["p181", "p120", 0.182],
    ["p181", "p123", 0.532],
    ["p181", "p124", 0.777],
    ["p181", "p125", 0.443],
    ["p181", "p126", 0.455],
    ["p181", "p128", 0.182],
    ["p181", "p130", 0.173],
    ["p181", "p133", 0.177],
    ["p181", "p135", 0.545],
    ["p181", "p137", 0.273],
    ["p181", "p138", 0.259],
    ["p181", "p139", 0.266],
    ["p181", "p148", 0.545],
    ["p181", "p149", 0.532],
    ["p181", "p152", 0.266],
    ["p181", "p153", 0.545],
    ["p181", "p154", 0.177],
    ["p181", "p156", 0.532],
    ["p181", "p158", 0.182],
    ["p182", "p100", 0.798],
    ["p182", "p104", 0.443],
    ["p182", "p107", 0.177],
    ["p182", "p109", 0.518],
    ["p182", "p111", 0.259],
    ["p182", "p113", 0.727],
    ["p182", "p114", 0.532],
    ["p182", "p116", 1.0],
    ["p182", "p119", 0.532],
    ["p182", "p121", 0.182],
    ["p182", "p124", 0.518],
    ["p182", "p127", 0.518],
    ["p182", "p128", 0.182],
    ["p182", "p129", 0.177],
    ["p182", "p130", 0.173],
    ["p182", "p132", 0.518],
    ["p182", "p133", 0.532],
    ["p182", "p136", 0.173],
    ["p182", "p138", 0.518],
    ["p182", "p140", 0.173],
    ["p182", "p145", 0.259],
    ["p182", "p147", 0.259],
    ["p182", "p148", 0.182],
    ["p182", "p153", 0.545],
    ["p182", "p154", 0.177],
    ["p182", "p156", 0.266],
    ["p182", "p99", 0.259],
    ["p183", "p102", 0.266],
    ["p183", "p104", 0.177],
    ["p183", "p105", 0.259],
    ["p183", "p106", 0.259],
    ["p183", "p107", 0.177],
    ["p183", "p108", 0.518],
    ["p183", "p111", 0.259],
    ["p183", "p113", 0.182],
    ["p183", "p115", 0.532],
    ["p183", "p116", 0.182],
    ["p183", "p117", 0.266],
    ["p183", "p118", 0.518],
    ["p183", "p119", 0.532],
    ["p183", "p120", 0.545],
    ["p183", "p121", 0.727],
    ["p183", "p125", 0.532],
    ["p183", "p126", 0.545],
    ["p183", "p128", 0.727],
    ["p183", "p129", 0.177],
    ["p183", "p130", 0.432],
    ["p183", "p133", 0.266],
    ["p183", "p134", 0.259],
    ["p183", "p136", 0.173],
    ["p183", "p140", 0.173],
    ["p183", "p144", 0.798],
    ["p183", "p148", 0.182],
    ["p183", "p151", 0.532],
    ["p183", "p154", 0.443],
    ["p183", "p155", 0.266],
    ["p183", "p156", 0.532],
    ["p184", "p100", 0.532],
    ["p184", "p103", 0.177],
    ["p184", "p104", 0.532],
    ["p184", "p108", 0.259],
    ["p184", "p111", 0.518],
    ["p184", "p112", 0.182],
    ["p184", "p115", 0.266],
    ["p184", "p116", 0.545],
    ["p184", "p118", 0.259],
    ["p184", "p119", 0.266],
    ["p184", "p120", 0.273],
    ["p184", "p121", 0.273],
    ["p184", "p125", 0.266],
    ["p184", "p126", 0.273],
    ["p184", "p127", 0.173],
    ["p184", "p128", 0.273],
    ["p184", "p140", 0.173],
    ["p184", "p144", 0.266],
    ["p184", "p145", 0.518],
    ["p184", "p147", 0.518],
    ["p184", "p149", 0.177],
    ["p184", "p150", 0.182],
    ["p184", "p151", 0.266],
    ["p184", "p154", 0.177],
    ["p184", "p156", 0.798],
    ["p184", "p158", 0.182],
    ["p184", "p99", 0.691],
    ["p185", "p100", 0.177],
    ["p185", "p104", 0.709],
    ["p185", "p106", 0.259],
    ["p185", "p107", 0.532],
    ["p185", "p108", 0.259],
    ["p185", "p109", 0.259],
    ["p185", "p111", 0.173],
    ["p185", "p113", 0.545],
    ["p185", "p116", 0.727],
    ["p185", "p121", 0.545],
    ["p185", "p122", 0.273],
    ["p185", "p128", 0.545],
    ["p185", "p129", 0.532],
    ["p185", "p130", 0.518],
    ["p185", "p136", 0.518],
    ["p185", "p137", 0.273],
    ["p185", "p139", 0.266],
    ["p185", "p140", 0.518],
    ["p185", "p141", 0.259],
    ["p185", "p145", 0.173],
    ["p185", "p147", 0.173],
    ["p185", "p148", 0.545],
    ["p185", "p152", 0.266],
    ["p185", "p154", 0.532],
    ["p185", "p156", 0.177],
    ["p185", "p157", 0.259],
    ["p185", "p99", 0.173],
    ["p186", "p100", 0.709],
    ["p186", "p103", 0.177],
    ["p186", "p104", 0.532],
    ["p186", "p107", 0.443],
    ["p186", "p108", 0.259],
    ["p186", "p110", 0.182],
    ["p186", "p111", 0.518],
    ["p186", "p114", 0.266],
    ["p186", "p116", 0.545],
    ["p186", "p117", 0.443],
    ["p186", "p120", 0.182],
    ["p186", "p122", 0.273],
    ["p186", "p125", 0.177],
    ["p186", "p126", 0.455],
    ["p186", "p128", 0.182],
    ["p186", "p130", 0.173],
    ["p186", "p131", 0.266],
    ["p186", "p132", 0.259],
    ["p186", "p133", 0.177],
    ["p186", "p135", 0.273],
    ["p186", "p142", 0.266],
    ["p186", "p145", 0.518],
    ["p186", "p146", 0.259],
    ["p186", "p147", 0.518],
    ["p186", "p149", 0.266],
    ["p186", "p150", 0.273],
    ["p186", "p154", 0.177],
    ["p186", "p156", 0.532],
    ["p186", "p158", 0.455],
    ["p186", "p99", 0.777],
    ["p187", "p100", 0.532],
    ["p187", "p102", 0.177],
    ["p187", "p105", 0.432],
    ["p187", "p106", 0.432],
    ["p187", "p109", 0.518],
    ["p187", "p110", 0.273],
    ["p187", "p111", 0.432],
    ["p187", "p113", 0.545],
    ["p187", "p114", 0.532],
    ["p187", "p116", 0.545],
    ["p187", "p117", 0.177],
    ["p187", "p119", 0.798],
    ["p187", "p121", 0.273],
    ["p187", "p124", 0.518],
    ["p187", "p127", 0.518],
    ["p187", "p130", 0.173],
    ["p187", "p132", 0.518],
    ["p187", "p133", 0.709],
    ["p187", "p134", 0.432],
    ["p187", "p137", 0.273],
    ["p187", "p138", 0.518],
    ["p187", "p144", 0.443],
    ["p187", "p153", 0.545],
    ["p187", "p154", 0.177],
    ["p187", "p155", 0.177],
    ["p187", "p157", 0.259],
    ["p188", "p100", 0.182],
    ["p188", "p104", 0.273],
    ["p188", "p105", 0.545],
    ["p188", "p106", 0.545],
    ["p188", "p107", 0.273],
    ["p188", "p109", 0.182],
    ["p188", "p110", 0.491],
    ["p188", "p111", 0.545],
    ["p188", "p113", 0.409],
    ["p188", "p114", 0.182],
    ["p188", "p116", 0.409],
    ["p188", "p119", 0.727],
    ["p188", "p121", 0.736],
    ["p188", "p124", 0.182],
    ["p188", "p127", 0.182],
    ["p188", "p128", 0.245],
    ["p188", "p129", 0.273],
    ["p188", "p130", 0.273],
    ["p188", "p132", 0.182],
    ["p188", "p133", 0.182],
    ["p188", "p134", 0.545],
    ["p188", "p136", 0.273],
    ["p188", "p137", 0.491],
    ["p188", "p138", 0.182],
    ["p188", "p140", 0.273],
    ["p188", "p144", 0.545],
    ["p188", "p148", 0.245],
    ["p188", "p153", 0.164],
    ["p188", "p154", 0.273],
    ["p188", "p157", 0.545],
    ["p189", "p102", 0.818],
    ["p189", "p105", 0.798],
    ["p189", "p106", 0.266],
    ["p189", "p108", 0.177],
    ["p189", "p111", 0.266],
    ["p189", "p112", 0.545],
    ["p189", "p113", 0.545],
    ["p189", "p115", 0.182],
    ["p189", "p117", 0.273],
    ["p189", "p118", 0.177],
    ["p189", "p119", 0.182],
    ["p189", "p120", 0.182],
    ["p189", "p121", 0.182],
    ["p189", "p123", 0.545],
    ["p189", "p124", 0.532],
    ["p189", "p125", 0.182],
    ["p189", "p126", 0.182],
    ["p189", "p128", 0.182],
    ["p189", "p130", 0.266],
    ["p189", "p133", 0.273],
    ["p189", "p134", 0.266],
    ["p189", "p135", 0.545],
    ["p189", "p144", 0.455],
    ["p189", "p148", 0.545],
    ["p189", "p149", 0.545],
    ["p189", "p151", 0.182],
    ["p189", "p153", 0.545],
    ["p189", "p154", 0.273],
    ["p189", "p155", 0.273],
    ["p189", "p156", 0.727],
    ["p190", "p100", 0.266],
    ["p190", "p106", 0.518],
    ["p190", "p107", 0.177],
    ["p190", "p108", 0.691],
    ["p190", "p109", 0.777],
    ["p190", "p113", 0.273],
    ["p190", "p114", 0.443],
    ["p190", "p116", 0.273],
    ["p190", "p117", 0.177],
    ["p190", "p119", 0.266],
    ["p190", "p122", 0.727],
    ["p190", "p124", 0.259],
    ["p190", "p126", 0.182],
    ["p190", "p127", 0.259],
    ["p190", "p131", 0.177],
    ["p190", "p132", 0.432],
    ["p190", "p133", 0.266],
    ["p190", "p135", 0.182],
    ["p190", "p137", 0.545],
    ["p190", "p138", 0.259],
    ["p190", "p139", 0.532],
    ["p190", "p141", 0.518],
    ["p190", "p142", 0.177],
    ["p190", "p146", 0.173],
    ["p190", "p149", 0.177],
    ["p190", "p150", 0.182],
    ["p190", "p152", 0.532],
    ["p190", "p153", 0.273],
    ["p190", "p157", 0.518],
    ["p190", "p158", 0.182],
    ["p190", "p99", 0.173],
    ["p191", "p100", 0.455],
    ["p191", "p102", 0.545],
    ["p191", "p103", 0.273],
    ["p191", "p104", 0.182],
    ["p191", "p105", 0.532],
    ["p191", "p106", 0.532],
    ["p191", "p107", 0.273],
    ["p191", "p110", 0.273],
    ["p191", "p111", 0.709],
    ["p191", "p116", 0.182],
    ["p191", "p117", 0.818],
    ["p191", "p120", 0.273],
    ["p191", "p125", 0.273],
    ["p191", "p126", 0.273],
    ["p191", "p128", 0.273],
    ["p191", "p130", 0.798],
    ["p191", "p133", 0.818],
    ["p191", "p134", 0.532],
    ["p191", "p144", 0.545],
    ["p191", "p145", 0.177],
    ["p191", "p147", 0.177],
    ["p191", "p154", 0.818],
    ["p191", "p155", 0.545],
    ["p191", "p156", 0.182],
    ["p191", "p158", 0.273],
    ["p191", "p99", 0.177],
    ["p192", "p102", 0.709],
    ["p192", "p105", 0.173],
    ["p192", "p108", 0.259],
    ["p192", "p112", 0.182],
    ["p192", "p113", 0.182],
    ["p192", "p115", 0.266],
    ["p192", "p116", 0.545],
    ["p192", "p117", 0.532],
    ["p192", "p118", 0.259],
    ["p192", "p119", 0.266],
    ["p192", "p120", 0.273],
    ["p192", "p121", 0.273],
    ["p192", "p123", 0.177],
    ["p192", "p124", 0.173],
    ["p192", "p125", 0.266],
    ["p192", "p126", 0.273],
    ["p192", "p128", 0.273],
    ["p192", "p129", 0.532],
    ["p192", "p130", 0.518],
    ["p192", "p133", 0.532],
    ["p192", "p135", 0.182],
    ["p192", "p136", 0.518],
    ["p192", "p142", 0.532],
    ["p192", "p143", 0.545],
    ["p192", "p144", 0.266],
    ["p192", "p146", 0.518],
    ["p192", "p148", 0.727],
    ["p192", "p149", 0.177],
    ["p192", "p151", 0.798],
    ["p192", "p153", 0.727],
    ["p192", "p156", 0.443],
    ["p193", "p100", 0.266],
    ["p193", "p103", 0.177],
    ["p193", "p108", 0.518],
    ["p193", "p109", 0.432],
    ["p193", "p113", 0.273],
    ["p193", "p114", 0.266],
    ["p193", "p115", 0.532],
    ["p193", "p116", 0.273],
    ["p193", "p118", 0.691],
    ["p193", "p119", 0.975],
    ["p193", "p120", 0.545],
    ["p193", "p121", 0.545],
    ["p193", "p124", 0.259],
    ["p193", "p125", 0.532],
    ["p193", "p127", 0.432],
    ["p193", "p128", 0.545],
    ["p193", "p129", 0.177],
    ["p193", "p131", 0.177],
    ["p193", "p132", 0.259],
    ["p193", "p133", 0.266],
    ["p193", "p135", 0.182],
    ["p193", "p138", 0.259],
    ["p193", "p141", 0.173],
    ["p193", "p143", 0.182],
    ["p193", "p144", 0.709],
    ["p193", "p147", 0.173],
    ["p193", "p149", 0.177],
    ["p193", "p151", 0.532],
    ["p193", "p153", 0.455],
    ["p193", "p156", 0.532],
    ["p193", "p158", 0.182],
    ["p194", "p101", 0.545],
    ["p194", "p103", 0.182],
    ["p194", "p107", 0.818],
    ["p194", "p108", 0.273],
    ["p194", "p112", 0.164],
    ["p194", "p114", 0.273],
    ["p194", "p117", 0.273],
    ["p194", "p118", 0.545],
    ["p194", "p122", 0.245],
    ["p194", "p123", 0.545],
    ["p194", "p126", 0.245],
    ["p194", "p127", 0.182],
    ["p194", "p128", 0.491],
    ["p194", "p131", 0.273],
    ["p194", "p132", 0.273],
    ["p194", "p135", 0.245],
    ["p194", "p138", 0.545],
    ["p194", "p140", 0.182],
    ["p194", "p142", 0.273],
    ["p194", "p143", 0.491],
    ["p194", "p146", 0.273],
    ["p194", "p149", 0.455],
    ["p194", "p150", 0.409],
    ["p194", "p152", 0.545],
    ["p194", "p154", 0.182],
    ["p194", "p158", 0.409],
    ["p194", "p99", 0.455],
    ["p195", "p100", 0.182],
    ["p195", "p101", 0.545],
    ["p195", "p102", 0.273],
    ["p195", "p103", 0.182],
    ["p195", "p107", 0.727],
    ["p195", "p110", 0.182],
    ["p195", "p116", 0.273],
    ["p195", "p117", 0.455],
    ["p195", "p118", 0.532],
    ["p195", "p120", 0.182],
    ["p195", "p123", 0.545],
    ["p195", "p125", 0.182],
    ["p195", "p126", 0.182],
    ["p195", "p128", 0.727],
    ["p195", "p129", 0.273],
    ["p195", "p130", 0.443],
    ["p195", "p133", 0.455],
    ["p195", "p136", 0.266],
    ["p195", "p138", 0.532],
    ["p195", "p142", 0.273],
    ["p195", "p143", 0.818],
    ["p195", "p146", 0.266],
    ["p195", "p148", 0.273],
    ["p195", "p151", 0.273],
    ["p195", "p152", 0.545],
    ["p195", "p153", 0.273],
    ["p195", "p154", 0.182],
    ["p195", "p158", 0.182],
    ["p196", "p102", 0.273],
    ["p196", "p103", 0.182],
    ["p196", "p106", 0.545],
    ["p196", "p108", 0.545],
    ["p196", "p109", 0.727],
    ["p196", "p116", 0.245],
    ["p196", "p117", 0.273],
    ["p196", "p118", 0.182],
    ["p196", "p119", 0.182],
    ["p196", "p122", 0.491],
    ["p196", "p127", 0.182],
    ["p196", "p129", 0.455],
    ["p196", "p130", 0.273],
    ["p196", "p131", 0.182],
    ["p196", "p133", 0.273],
    ["p196", "p135", 0.164],
    ["p196", "p136", 0.273],
    ["p196", "p137", 0.491],
    ["p196", "p139", 0.545],
    ["p196", "p141", 0.727],
    ["p196", "p142", 0.273],
    ["p196", "p143", 0.409],
    ["p196", "p144", 0.182],
    ["p196", "p146", 0.273],
    ["p196", "p147", 0.182],
    ["p196", "p148", 0.245],
    ["p196", "p149", 0.182],
    ["p196", "p151", 0.273],
    ["p196", "p152", 0.545],
    ["p196", "p153", 0.409],
    ["p196", "p157", 0.545],
    ["p196", "p158", 0.164],
    ["p197", "p102", 0.798],
    ["p197", "p103", 0.177],
    ["p197", "p105", 0.259],
    ["p197", "p112", 0.455],
    ["p197", "p113", 0.273],
    ["p197", "p116", 0.545],
    ["p197", "p117", 0.532],
    ["p197", "p123", 0.266],
    ["p197", "p124", 0.259],
    ["p197", "p127", 0.173],
    ["p197", "p129", 0.532],
    ["p197", "p130", 0.518],
    ["p197", "p133", 0.532],
    ["p197", "p135", 0.273],
    ["p197", "p136", 0.518],
    ["p197", "p140", 0.173],
    ["p197", "p142", 0.532],
    ["p197", "p143", 0.545],
    ["p197", "p146", 0.518],
    ["p197", "p148", 0.818],
    ["p197", "p149", 0.443],
    ["p197", "p150", 0.182],
    ["p197", "p151", 0.532],
    ["p197", "p153", 0.818],
    ["p197", "p154", 0.177],
    ["p197", "p156", 0.266],
    ["p197", "p158", 0.182],
    ["p197", "p99", 0.173],
    ["p198", "p100", 0.266],
    ["p198", "p104", 0.266],
    ["p198", "p106", 0.518],
    ["p198", "p107", 0.177],
    ["p198", "p108", 0.691],
    ["p198", "p109", 0.518],
    ["p198", "p111", 0.259],
    ["p198", "p114", 0.177],
    ["p198", "p116", 0.273],
    ["p198", "p117", 0.177],
    ["p198", "p122", 0.727],
    ["p198", "p126", 0.182],
    ["p198", "p131", 0.177],
    ["p198", "p132", 0.173],
    ["p198", "p135", 0.182],
    ["p198", "p137", 0.545],
    ["p198", "p139", 0.532],
    ["p198", "p141", 0.518],
    ["p198", "p142", 0.177],
    ["p198", "p145", 0.259],
    ["p198", "p146", 0.173],
    ["p198", "p147", 0.259],
    ["p198", "p149", 0.177],
    ["p198", "p150", 0.182],
    ["p198", "p152", 0.532],
    ["p198", "p156", 0.266],
    ["p198", "p157", 0.518],
    ["p198", "p158", 0.182],
    ["p198", "p99", 0.432],
    ["p199", "p102", 0.545],
    ["p199", "p103", 0.182],
    ["p199", "p105", 0.532],
    ["p199", "p108", 0.266],
    ["p199", "p112", 0.727],
    ["p199", "p113", 0.545],
    ["p199", "p115", 0.273],
    ["p199", "p118", 0.266],
    ["p199", "p119", 0.273],
    ["p199", "p120", 0.273],
    ["p199", "p121", 0.273],
    ["p199", "p123", 0.545],
    ["p199", "p124", 0.532],
    ["p199", "p125", 0.273],
    ["p199", "p126", 0.273],
    ["p199", "p127", 0.177],
    ["p199", "p128", 0.273],
    ["p199", "p135", 0.545],
    ["p199", "p140", 0.177],
    ["p199", "p144", 0.273],
    ["p199", "p148", 0.545],
    ["p199", "p149", 0.727],
    ["p199", "p150", 0.182],
    ["p199", "p151", 0.273],
    ["p199", "p153", 0.545],
    ["p199", "p154", 0.182],
    ["p199", "p156", 0.818],
    ["p199", "p158", 0.182],
    ["p199", "p99", 0.177],
    ["p200", "p102", 0.545],
    ["p200", "p104", 0.273],
    ["p200", "p105", 0.532],
    ["p200", "p107", 0.273],
    ["p200", "p108", 0.177],
    ["p200", "p112", 0.545],
    ["p200", "p113", 0.818],
    ["p200", "p115", 0.182],
    ["p200", "p116", 0.273],
    ["p200", "p118", 0.177],
    ["p200", "p119", 0.182],
    ["p200", "p120", 0.182],
    ["p200", "p121", 0.455],
    ["p200", "p123", 0.545],
    ["p200", "p124", 0.532],
    ["p200", "p125", 0.182],
    ["p200", "p126", 0.182],
    ["p200", "p128", 0.455],
    ["p200", "p129", 0.273],
    ["p200", "p130", 0.266],
    ["p200", "p135", 0.545],
    ["p200", "p136", 0.266],
    ["p200", "p140", 0.266],
    ["p200", "p144", 0.182],
    ["p200", "p148", 0.818],
    ["p200", "p149", 0.545],
    ["p200", "p151", 0.182],
    ["p200", "p153", 0.545],
    ["p200", "p154", 0.273],
    ["p200", "p156", 0.727],
    ["p201", "p100", 0.273],
    ["p201", "p101", 0.182],
    ["p201", "p106", 0.532],
    ["p201", "p108", 0.532],
    ["p201", "p109", 0.798],
    ["p201", "p112", 0.182],
    ["p201", "p113", 0.273],
    ["p201", "p114", 0.273],
    ["p201", "p116", 0.273],
    ["p201", "p118", 0.177],
    ["p201", "p119", 0.273],
    ["p201", "p120", 0.182],
    ["p201", "p122", 0.545],
    ["p201", "p124", 0.266],
    ["p201", "p127", 0.266],
    ["p201", "p131", 0.182],
    ["p201", "p132", 0.266],
    ["p201", "p133", 0.273],
    ["p201", "p137", 0.545],
    ["p201", "p138", 0.443],
    ["p201", "p139", 0.545],
    ["p201", "p141", 0.532],
    ["p201", "p145", 0.177],
    ["p201", "p152", 0.727],
    ["p201", "p153", 0.273],
    ["p201", "p155", 0.182],
    ["p201", "p157", 0.709],
    ["p202", "p100", 0.273],
    ["p202", "p101", 0.182],
    ["p202", "p104", 0.273],
    ["p202", "p106", 0.532],
    ["p202", "p108", 0.532],
    ["p202", "p109", 0.532],
    ["p202", "p111", 0.266],
    ["p202", "p112", 0.182],
    ["p202", "p116", 0.273],
    ["p202", "p118", 0.177],
    ["p202", "p120", 0.182],
    ["p202", "p122", 0.545],
    ["p202", "p131", 0.182],
    ["p202", "p137", 0.545],
    ["p202", "p138", 0.177],
    ["p202", "p139", 0.545],
    ["p202", "p141", 0.532],
    ["p202", "p145", 0.443],
    ["p202", "p147", 0.266],
    ["p202", "p152", 0.727],
    ["p202", "p155", 0.182],
    ["p202", "p156", 0.273],
    ["p202", "p157", 0.709],
    ["p202", "p99", 0.266],
    ["p203", "p101", 0.532],
    ["p203", "p105", 0.259],
    ["p203", "p106", 0.259],
    ["p203", "p107", 0.177],
    ["p203", "p108", 0.173],
    ["p203", "p110", 0.273],
    ["p203", "p111", 0.259],
    ["p203", "p112", 0.545],
    ["p203", "p114", 0.177],
    ["p203", "p117", 0.177],
    ["p203", "p118", 0.518],
    ["p203", "p119", 0.266],
    ["p203", "p120", 0.545],
    ["p203", "p121", 0.273],
    ["p203", "p122", 0.182],
    ["p203", "p126", 0.182],
    ["p203", "p131", 0.709],
    ["p203", "p132", 0.173],
    ["p203", "p134", 0.259],
    ["p203", "p135", 0.182],
    ["p203", "p137", 0.273],
    ["p203", "p138", 0.518],
    ["p203", "p142", 0.177],
    ["p203", "p144", 0.266],
    ["p203", "p145", 0.518],
    ["p203", "p146", 0.173],
    ["p203", "p149", 0.177],
    ["p203", "p150", 0.182],
    ["p203", "p152", 0.532],
    ["p203", "p155", 0.532],
    ["p203", "p157", 0.777],
    ["p203", "p158", 0.182],
    ["p203", "p99", 0.173],
    ["p204", "p102", 0.182],
    ["p204", "p103", 0.273],
    ["p204", "p105", 0.532],
    ["p204", "p106", 0.532],
    ["p204", "p110", 0.545],
    ["p204", "p111", 0.532],
    ["p204", "p112", 0.273],
    ["p204", "p116", 0.182],
    ["p204", "p117", 0.182],
    ["p204", "p119", 0.545],
    ["p204", "p121", 0.545],
    ["p204", "p127", 0.266],
    ["p204", "p129", 0.182],
    ["p204", "p130", 0.177],
    ["p204", "p133", 0.182],
    ["p204", "p134", 0.532],
    ["p204", "p136", 0.177],
    ["p204", "p137", 0.545],
    ["p204", "p140", 0.266],
    ["p204", "p142", 0.182],
    ["p204", "p143", 0.182],
    ["p204", "p144", 0.545],
    ["p204", "p146", 0.177],
    ["p204", "p148", 0.182],
    ["p204", "p149", 0.273],
    ["p204", "p150", 0.273],
    ["p204", "p151", 0.182],
    ["p204", "p153", 0.182],
    ["p204", "p154", 0.273],
    ["p204", "p157", 0.532],
    ["p204", "p158", 0.273],
    ["p204", "p99", 0.266],
    ["p205", "p100", 0.727],
    ["p205", "p104", 0.818],
    ["p205", "p107", 0.273],
    ["p205", "p109", 0.177],
    ["p205", "p111", 0.532],
    ["p205", "p113", 0.455],
    ["p205", "p114", 0.182],
    ["p205", "p116", 1.0],
    ["p205", "p119", 0.182],
    ["p205", "p121", 0.273],
    ["p205", "p124", 0.177],
    ["p205", "p127", 0.177],
    ["p205", "p128", 0.273],
    ["p205", "p129", 0.273],
    ["p205", "p130", 0.266],
    ["p205", "p132", 0.177],
    ["p205", "p133", 0.182],
    ["p205", "p136", 0.266],
    ["p205", "p138", 0.177],
    ["p205", "p140", 0.266],
    ["p205", "p145", 0.532],
    ["p205", "p147", 0.532],
    ["p205", "p148", 0.273],
    ["p205", "p153", 0.182],
    ["p205", "p154", 0.273],
    ["p205", "p156", 0.545],
    ["p205", "p99", 0.532],
    ["p206", "p103", 1.0],
    ["p206", "p109", 0.532],
    ["p206", "p112", 0.182],
    ["p206", "p115", 0.273],
    ["p206", "p118", 0.532],
    ["p206", "p119", 0.545],
    ["p206", "p124", 0.266],
    ["p206", "p125", 0.273],
    ["p206", "p126", 0.273],
    ["p206", "p127", 0.709],
    ["p206", "p129", 0.545],
    ["p206", "p131", 0.545],
    ["p206", "p135", 0.545],
    ["p206", "p137", 0.273],
    ["p206", "p138", 0.266],
    ["p206", "p139", 0.273],
    ["p206", "p140", 0.177],
    ["p206", "p141", 0.532],
    ["p206", "p143", 0.545],
    ["p206", "p144", 0.545],
    ["p206", "p147", 0.532],
    ["p206", "p149", 0.727],
    ["p206", "p150", 0.182],
    ["p206", "p152", 0.273],
    ["p206", "p153", 0.545],
    ["p206", "p154", 0.182],
    ["p206", "p158", 0.727],
    ["p206", "p99", 0.177],
    ["p207", "p101", 0.177],
    ["p207", "p103", 0.532],
    ["p207", "p104", 0.266],
    ["p207", "p107", 0.443],
    ["p207", "p109", 0.518],
    ["p207", "p113", 0.273],
    ["p207", "p116", 0.273],
    ["p207", "p118", 0.691],
    ["p207", "p119", 0.532],
    ["p207", "p121", 0.273],
    ["p207", "p123", 0.177],
    ["p207", "p127", 0.518],
    ["p207", "p128", 0.455],
    ["p207", "p129", 0.798],
    ["p207", "p130", 0.259],
    ["p207", "p131", 0.532],
    ["p207", "p135", 0.545],
    ["p207", "p136", 0.259],
    ["p207", "p138", 0.173],
    ["p207", "p140", 0.259],
    ["p207", "p141", 0.518],
    ["p207", "p143", 0.727],
    ["p207", "p144", 0.532],
    ["p207", "p147", 0.518],
    ["p207", "p148", 0.273],
    ["p207", "p149", 0.532],
    ["p207", "p152", 0.177],
    ["p207", "p153", 0.545],
    ["p207", "p154", 0.266],
    ["p207", "p158", 0.545],
    ["p208", "p101", 0.177],
    ["p208", "p102", 0.266],
    ["p208", "p104", 0.532],
    ["p208", "p105", 0.259],
    ["p208", "p107", 0.532],
    ["p208", "p112", 0.455],
    ["p208", "p113", 0.818],
    ["p208", "p116", 0.545],
    ["p208", "p118", 0.173],
    ["p208", "p120", 0.182],
    ["p208", "p121", 0.545],
    ["p208", "p123", 0.266],
    ["p208", "p124", 0.259],
    ["p208", "p128", 0.545],
    ["p208", "p129", 0.532],
    ["p208", "p130", 0.518],
    ["p208", "p131", 0.177],
    ["p208", "p135", 0.273],
    ["p208", "p136", 0.518],
    ["p208", "p138", 0.173],
    ["p208", "p140", 0.518],
    ["p208", "p145", 0.173],
    ["p208", "p148", 0.818],
    ["p208", "p149", 0.266],
    ["p208", "p152", 0.177],
    ["p208", "p153", 0.273],
    ["p208", "p154", 0.532],
    ["p208", "p155", 0.177],
    ["p208", "p156", 0.266],
    ["p208", "p157", 0.173],
    ["p209", "p101", 0.545],
    ["p209", "p103", 0.182],
    ["p209", "p107", 0.545],
    ["p209", "p108", 0.266],
    ["p209", "p109", 0.177],
    ["p209", "p115", 0.273],
    ["p209", "p118", 0.975],
    ["p209", "p119", 0.455],
    ["p209", "p120", 0.273],
    ["p209", "p121", 0.273],
    ["p209", "p123", 0.545],
    ["p209", "p125", 0.273],
    ["p209", "p126", 0.273],
    ["p209", "p127", 0.177],
    ["p209", "p128", 0.818],
    ["p209", "p129", 0.182],
    ["p209", "p131", 0.182],
    ["p209", "p135", 0.182],
    ["p209", "p138", 0.532],
    ["p209", "p141", 0.177],
    ["p209", "p143", 0.727],
    ["p209", "p144", 0.455],
    ["p209", "p147", 0.177],
    ["p209", "p149", 0.182],
    ["p209", "p151", 0.273],
    ["p209", "p152", 0.545],
    ["p209", "p153", 0.182],
    ["p209", "p156", 0.273],
    ["p209", "p158", 0.182],
    ["p210", "p103", 0.266],
    ["p210", "p104", 0.532],
    ["p210", "p106", 0.173],
    ["p210", "p107", 0.532],
    ["p210", "p108", 0.173],
    ["p210", "p109", 0.173],
    ["p210", "p113", 0.545],
    ["p210", "p115", 0.266],
    ["p210", "p116", 0.545],
    ["p210", "p121", 0.545],
    ["p210", "p122", 0.182],
    ["p210", "p124", 0.259],
    ["p210", "p125", 0.266],
    ["p210", "p126", 0.273],
    ["p210", "p128", 0.545],
    ["p210", "p129", 0.532],
    ["p210", "p130", 0.518],
    ["p210", "p136", 0.518],
    ["p210", "p137", 0.455],
    ["p210", "p138", 0.259],
    ["p210", "p139", 0.443],
    ["p210", "p140", 0.518],
    ["p210", "p141", 0.173],
    ["p210", "p148", 0.545],
    ["p210", "p152", 0.443],
    ["p210", "p154", 0.532],
    ["p210", "p157", 0.173],
    ["p211", "p100", 0.443],
    ["p211", "p101", 0.532],
    ["p211", "p104", 0.177],
    ["p211", "p109", 0.259],
    ["p211", "p111", 0.173],
    ["p211", "p112", 0.545],
    ["p211", "p113", 0.273],
    ["p211", "p114", 0.266],
    ["p211", "p116", 0.455],
    ["p211", "p118", 0.518],
    ["p211", "p119", 0.266],
    ["p211", "p120", 0.545],
    ["p211", "p124", 0.259],
    ["p211", "p127", 0.259],
    ["p211", "p131", 0.532],
    ["p211", "p132", 0.259],
    ["p211", "p133", 0.266],
    ["p211", "p138", 0.777],
    ["p211", "p145", 0.691],
    ["p211", "p147", 0.173],
    ["p211", "p152", 0.532],
    ["p211", "p153", 0.273],
    ["p211", "p155", 0.532],
    ["p211", "p156", 0.177],
    ["p211", "p157", 0.518],
    ["p211", "p99", 0.173],
    ["p212", "p101", 0.273],
    ["p212", "p102", 0.727],
    ["p212", "p105", 0.709],
    ["p212", "p106", 0.177],
    ["p212", "p111", 0.177],
    ["p212", "p112", 0.818],
    ["p212", "p113", 0.545],
    ["p212", "p117", 0.182],
    ["p212", "p118", 0.266],
    ["p212", "p120", 0.273],
    ["p212", "p123", 0.545],
    ["p212", "p124", 0.532],
    ["p212", "p130", 0.177],
    ["p212", "p131", 0.273],
    ["p212", "p133", 0.182],
    ["p212", "p134", 0.177],
    ["p212", "p135", 0.545],
    ["p212", "p138", 0.266],
    ["p212", "p144", 0.182],
    ["p212", "p145", 0.266],
    ["p212", "p148", 0.545],
    ["p212", "p149", 0.545],
    ["p212", "p152", 0.273],
    ["p212", "p153", 0.545],
    ["p212", "p154", 0.182],
    ["p212", "p155", 0.455],
    ["p212", "p156", 0.545],
    ["p212", "p157", 0.266],
    ["p213", "p100", 0.545],
    ["p213", "p105", 0.177],
    ["p213", "p106", 0.177],
    ["p213", "p107", 0.273],
    ["p213", "p108", 0.266],
    ["p213", "p109", 0.532],
    ["p213", "p110", 0.182],
    ["p213", "p111", 0.177],
    ["p213", "p113", 0.545],
    ["p213", "p114", 0.818],
    ["p213", "p116", 0.545],
    ["p213", "p117", 0.273],
    ["p213", "p119", 0.727],
    ["p213", "p121", 0.182],
    ["p213", "p122", 0.273],
    ["p213", "p124", 0.532],
    ["p213", "p126", 0.273],
    ["p213", "p127", 0.532],
    ["p213", "p131", 0.273],
    ["p213", "p132", 0.798],
    ["p213", "p133", 0.545],
    ["p213", "p134", 0.177],
    ["p213", "p135", 0.273],
    ["p213", "p137", 0.182],
    ["p213", "p138", 0.532],
    ["p213", "p142", 0.273],
    ["p213", "p144", 0.182],
    ["p213", "p146", 0.266],
    ["p213", "p149", 0.273],
    ["p213", "p150", 0.273],
    ["p213", "p153", 0.545],
    ["p213", "p157", 0.177],
    ["p213", "p158", 0.273],
    ["p213", "p99", 0.266],
    ["p214", "p102", 0.182],
    ["p214", "p104", 0.545],
    ["p214", "p105", 0.443],
    ["p214", "p106", 0.266],
    ["p214", "p107", 0.545],
    ["p214", "p110", 0.273],
    ["p214", "p111", 0.266],
    ["p214", "p112", 0.182],
    ["p214", "p113", 0.727],
    ["p214", "p116", 0.545],
    ["p214", "p119", 0.273],
    ["p214", "p121", 0.818],
    ["p214", "p123", 0.182],
    ["p214", "p124", 0.177],
    ["p214", "p128", 0.545],
    ["p214", "p129", 0.545],
    ["p214", "p130", 0.532],
    ["p214", "p134", 0.266],
    ["p214", "p135", 0.182],
    ["p214", "p136", 0.532],
    ["p214", "p137", 0.273],
    ["p214", "p140", 0.532],
    ["p214", "p144", 0.273],
    ["p214", "p148", 0.727],
    ["p214", "p149", 0.182],
    ["p214", "p153", 0.182],
    ["p214", "p154", 0.545],
    ["p214", "p156", 0.182],
    ["p214", "p157", 0.266],
    ["p215", "p100", 0.545],
    ["p215", "p102", 0.273],
    ["p215", "p103", 0.182],
    ["p215", "p104", 0.545],
    ["p215", "p111", 0.532],
    ["p215", "p112", 0.182],
    ["p215", "p116", 0.818],
    ["p215", "p117", 0.273],
    ["p215", "p127", 0.177],
    ["p215", "p129", 0.273],
    ["p215", "p130", 0.266],
    ["p215", "p133", 0.273],
    ["p215", "p136", 0.266],
    ["p215", "p140", 0.177],
    ["p215", "p142", 0.273],
    ["p215", "p143", 0.273],
    ["p215", "p145", 0.532],
    ["p215", "p146", 0.266],
    ["p215", "p147", 0.532],
    ["p215", "p148", 0.273],
    ["p215", "p149", 0.182],
    ["p215", "p150", 0.182],
    ["p215", "p151", 0.273],
    ["p215", "p153", 0.273],
    ["p215", "p154", 0.182],
    ["p215", "p156", 0.545],
    ["p215", "p158", 0.182],
    ["p215", "p99", 0.709],
    ["p216", "p101", 0.182],
    ["p216", "p102", 0.273],
    ["p216", "p105", 0.273],
    ["p216", "p106", 0.545],
    ["p216", "p107", 0.182],
    ["p216", "p108", 0.545],
    ["p216", "p109", 0.545],
    ["p216", "p112", 0.245],
    ["p216", "p113", 0.245],
    ["p216", "p118", 0.182],
    ["p216", "p122", 0.491],
    ["p216", "p123", 0.455],
    ["p216", "p124", 0.273],
    ["p216", "p128", 0.164],
    ["p216", "p135", 0.245],
    ["p216", "p137", 0.491],
    ["p216", "p138", 0.182],
    ["p216", "p139", 0.545],
    ["p216", "p141", 0.545],
    ["p216", "p143", 0.164],
    ["p216", "p148", 0.245],
    ["p216", "p149", 0.273],
    ["p216", "p152", 0.727],
    ["p216", "p153", 0.245],
    ["p216", "p156", 0.273],
    ["p216", "p157", 0.545],
    ["p217", "p101", 0.182],
    ["p217", "p102", 0.818],
    ["p217", "p105", 0.818],
    ["p217", "p106", 0.545],
    ["p217", "p107", 0.182],
    ["p217", "p111", 0.545],
    ["p217", "p112", 0.245],
    ["p217", "p113", 0.245],
    ["p217", "p117", 0.545],
    ["p217", "p118", 0.182],
    ["p217", "p123", 0.455],
    ["p217", "p124", 0.273],
    ["p217", "p128", 0.164],
    ["p217", "p130", 0.545],
    ["p217", "p133", 0.545],
    ["p217", "p134", 0.545],
    ["p217", "p135", 0.245],
    ["p217", "p138", 0.182],
    ["p217", "p143", 0.164],
    ["p217", "p144", 0.545],
    ["p217", "p148", 0.245],
    ["p217", "p149", 0.273],
    ["p217", "p152", 0.182],
    ["p217", "p153", 0.245],
    ["p217", "p154", 0.545],
    ["p217", "p155", 0.545],
    ["p217", "p156", 0.273],
    ["p218", "p100", 0.545],
    ["p218", "p103", 0.273],
    ["p218", "p105", 0.182],
    ["p218", "p106", 0.182],
    ["p218", "p109", 0.545],
    ["p218", "p110", 0.164],
    ["p218", "p111", 0.182],
    ["p218", "p112", 0.245],
    ["p218", "p113", 0.491],
    ["p218", "p114", 0.545],
    ["p218", "p116", 0.491],
    ["p218", "p119", 0.727],
    ["p218", "p121", 0.164],
    ["p218", "p124", 0.545],
    ["p218", "p127", 0.818],
    ["p218", "p132", 0.545],
    ["p218", "p133", 0.545],
    ["p218", "p134", 0.182],
    ["p218", "p137", 0.164],
    ["p218", "p138", 0.545],
    ["p218", "p140", 0.273],
    ["p218", "p144", 0.182],
    ["p218", "p149", 0.273],
    ["p218", "p150", 0.245],
    ["p218", "p153", 0.491],
    ["p218", "p154", 0.273],
    ["p218", "p157", 0.182],
    ["p218", "p158", 0.245],
    ["p218", "p99", 0.273]],
  "format": "roundabout-problem/1",
  "goals": [
    "attendance_floor",
    "attendance",
    "hosts_floor",
    "wishes_floor",
    {"goal": "wishes", "slack": 0.02},
    {"goal": "fit_floor", "slack": 0.05},
    {"goal": "fit", "slack": 0.02}],
  "keep_apart": [
    ["p100", "p135"],
    ["p126", "p193"],
    ["p134", "p200"],
    ["p162", "p204"],
    ["p162", "p210"]],
  "name": "Conference hour",
  "people": [
    {"affiliations": ["a9"], "id": "p100", "role": "mentor", "stage": "mid_career", "table": "t60"},
    {"affiliations": ["a9"], "id": "p101", "role": "mentor", "stage": "mid_career", "table": "t52"},
    {"affiliations": ["a4"], "id": "p102", "role": "mentor", "stage": "mid_career", "table": "t55"},
    {"affiliations": ["a2"], "id": "p103", "needs": ["hearing_loop"], "role": "mentor", "stage": "mid_career", "table": "t73"},
    {"affiliations": ["a1"], "id": "p104", "needs": ["hearing_loop"], "role": "mentor", "stage": "mid_career", "table": "t40"},
    {"affiliations": ["a8"], "id": "p105", "role": "mentor", "stage": "senior", "table": "t39"},
    {"affiliations": ["a7"], "id": "p106", "role": "mentor", "stage": "senior", "table": "t43"},
    {"affiliations": ["a1"], "id": "p107", "role": "mentor", "stage": "mid_career", "table": "t66"},
    {"affiliations": ["a5"], "id": "p108", "needs": ["quiet"], "role": "mentor", "stage": "senior", "table": "t41"},
    {"affiliations": ["a4"], "id": "p109", "role": "mentor", "stage": "senior", "table": "t79"},
    {"affiliations": ["a10"], "id": "p110", "needs": ["hearing_loop"], "role": "mentor", "stage": "fellow", "table": "t42"},
    {"affiliations": ["a1"], "id": "p111", "role": "mentor", "stage": "senior", "table": "t47"},
    {"affiliations": ["a11"], "id": "p112", "role": "mentor", "stage": "fellow", "table": "t64"},
    {"affiliations": ["a5"], "id": "p113", "role": "mentor", "stage": "fellow", "table": "t50"},
    {"affiliations": ["a3"], "id": "p114", "role": "mentor", "stage": "mid_career", "table": "t83"},
    {"affiliations": ["a4"], "id": "p115", "role": "mentor", "stage": "mid_career", "table": "t86"},
    {"affiliations": ["a4"], "id": "p116", "role": "mentor", "stage": "fellow", "table": "t49"},
    {"affiliations": ["a10"], "id": "p117", "role": "mentor", "rounds": ["r12", "r13"], "stage": "mid_career", "table": "t51"},
    {"affiliations": ["a9"], "id": "p118", "role": "mentor", "stage": "senior", "table": "t65"},
    {"affiliations": ["a8"], "id": "p119", "role": "mentor", "rounds": ["r14", "r15", "r16"], "stage": "mid_career", "table": "t54"},
    {"affiliations": ["a10"], "id": "p120", "needs": ["hearing_loop"], "role": "mentor", "stage": "fellow", "table": "t68"},
    {"affiliations": ["a3"], "id": "p121", "needs": ["step_free"], "role": "mentor", "rounds": ["r12", "r13"], "stage": "fellow", "table": "t46"},
    {"affiliations": ["a5"], "id": "p122", "role": "mentor", "rounds": ["r12", "r13"], "stage": "fellow", "table": "t56"},
    {"affiliations": ["a10"], "id": "p123", "role": "mentor", "stage": "mid_career", "table": "t57"},
    {"affiliations": ["a9"], "id": "p124", "role": "mentor", "stage": "senior", "table": "t61"},
    {"affiliations": ["a11"], "id": "p125", "role": "mentor", "stage": "mid_career", "table": "t62"},
    {"affiliations": ["a4"], "id": "p126", "role": "mentor", "stage": "fellow", "table": "t63"},
    {"affiliations": ["a11"], "id": "p127", "role": "mentor", "stage": "senior", "table": "t59"},
    {"affiliations": ["a9"], "id": "p128", "role": "mentor", "stage": "fellow", "table": "t48"},
    {"affiliations": ["a2"], "id": "p129", "role": "mentor", "stage": "mid_career", "table": "t53"},
    {"affiliations": ["a5"], "id": "p130", "role": "mentor", "stage": "senior", "table": "t45"},
    {"affiliations": ["a3"], "id": "p131", "needs": ["hearing_loop"], "role": "mentor", "rounds": ["r13", "r14", "r15", "r16"], "stage": "mid_career", "table": "t44"},
    {"affiliations": ["a9"], "id": "p132", "needs": ["hearing_loop"], "role": "mentor", "stage": "senior", "table": "t58"},
    {"affiliations": ["a3"], "id": "p133", "needs": ["quiet"], "role": "mentor", "rounds": ["r14", "r15", "r16"], "stage": "mid_career", "table": "t36"},
    {"affiliations": ["a5"], "id": "p134", "role": "mentor", "stage": "senior", "table": "t81"},
    {"affiliations": ["a4"], "id": "p135", "role": "mentor", "stage": "fellow", "table": "t38"},
    {"affiliations": ["a8"], "id": "p136", "role": "mentor", "stage": "senior", "table": "t76"},
    {"affiliations": ["a4"], "id": "p137", "role": "mentor", "stage": "fellow", "table": "t74"},
    {"affiliations": ["a6"], "id": "p138", "needs": ["quiet"], "role": "mentor", "stage": "senior", "table": "t71"},
    {"affiliations": ["a2"], "id": "p139", "needs": ["hearing_loop"], "role": "mentor", "stage": "mid_career", "table": "t75"},
    {"affiliations": ["a10"], "id": "p140", "role": "mentor", "stage": "senior", "table": "t82"},
    {"affiliations": ["a11"], "id": "p141", "needs": ["step_free"], "role": "mentor", "stage": "senior", "table": "t77"},
    {"affiliations": ["a9"], "id": "p142", "role": "mentor", "stage": "mid_career", "table": "t88"},
    {"affiliations": ["a10"], "id": "p143", "role": "mentor", "stage": "fellow", "table": "t80"},
    {"affiliations": ["a2"], "id": "p144", "needs": ["step_free"], "role": "mentor", "stage": "mid_career", "table": "t78"},
    {"affiliations": ["a11"], "id": "p145", "needs": ["quiet"], "role": "mentor", "stage": "senior", "table": "t84"},
    {"affiliations": ["a7"], "id": "p146", "role": "mentor", "stage": "senior", "table": "t69"},
    {"affiliations": ["a5"], "id": "p147", "needs": ["quiet"], "role": "mentor", "stage": "senior", "table": "t85"},
    {"affiliations": ["a9"], "id": "p148", "role": "mentor", "stage": "fellow", "table": "t72"},
    {"affiliations": ["a9"], "id": "p149", "role": "mentor", "stage": "mid_career", "table": "t67"},
    {"affiliations": ["a12"], "id": "p150", "needs": ["quiet"], "role": "mentor", "stage": "fellow", "table": "t87"},
    {"affiliations": ["a3"], "id": "p151", "role": "mentor", "stage": "mid_career", "table": "t95"},
    {"affiliations": ["a5"], "id": "p152", "role": "mentor", "stage": "mid_career", "table": "t89"},
    {"affiliations": ["a1"], "id": "p153", "role": "mentor", "stage": "fellow", "table": "t70"},
    {"affiliations": ["a6"], "id": "p154", "needs": ["step_free"], "role": "mentor", "stage": "mid_career", "table": "t91"},
    {"affiliations": ["a12"], "id": "p155", "role": "mentor", "stage": "mid_career", "table": "t92"},
    {"affiliations": ["a9"], "id": "p156", "role": "mentor", "stage": "mid_career", "table": "t90"},
    {"affiliations": ["a2"], "id": "p157", "role": "mentor", "stage": "senior", "table": "t94"},
    {"affiliations": ["a3"], "id": "p158", "role": "mentor", "stage": "fellow", "table": "t93"},
    {"affiliations": ["a1"], "id": "p159", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a3"], "id": "p160", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a6"], "id": "p161", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a2"], "id": "p162", "needs": ["quiet"], "role": "mentee", "stage": "student"},
    {"affiliations": ["a6"], "id": "p163", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a9"], "id": "p164", "role": "mentee", "rounds": ["r12", "r13"], "stage": "student"},
    {"affiliations": ["a2"], "id": "p165", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a4"], "id": "p166", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a6"], "id": "p167", "role": "mentee", "stage": "student"},
    {"affiliations": ["a6"], "id": "p168", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a2"], "id": "p169", "needs": ["step_free"], "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a12"], "id": "p170", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a5"], "id": "p171", "needs": ["quiet"], "role": "mentee", "stage": "resident"},
    {"affiliations": ["a10"], "id": "p172", "needs": ["step_free"], "role": "mentee", "stage": "resident"},
    {"affiliations": ["a7"], "id": "p173", "needs": ["step_free"], "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a12"], "id": "p174", "role": "mentee", "stage": "student"},
    {"affiliations": ["a4"], "id": "p175", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a1"], "id": "p176", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a12"], "id": "p177", "role": "mentee", "stage": "student"},
    {"affiliations": ["a3"], "id": "p178", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a9"], "id": "p179", "role": "mentee", "stage": "student"},
    {"affiliations": ["a8"], "id": "p180", "role": "mentee", "rounds": ["r13", "r14", "r15", "r16"], "stage": "resident"},
    {"affiliations": ["a3"], "id": "p181", "role": "mentee", "stage": "student"},
    {"affiliations": ["a12"], "id": "p182", "role": "mentee", "stage": "student"},
    {"affiliations": ["a7"], "id": "p183", "role": "mentee", "stage": "student"},
    {"affiliations": ["a3"], "id": "p184", "role": "mentee", "stage": "student"},
    {"affiliations": ["a10"], "id": "p185", "needs": ["hearing_loop"], "role": "mentee", "stage": "student"},
    {"affiliations": ["a2"], "id": "p186", "role": "mentee", "stage": "student"},
    {"affiliations": ["a3"], "id": "p187", "role": "mentee", "rounds": ["r12", "r13"], "stage": "student"},
    {"affiliations": ["a7"], "id": "p188", "needs": ["step_free"], "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a6"], "id": "p189", "needs": ["hearing_loop"], "role": "mentee", "rounds": ["r13", "r14", "r15", "r16"], "stage": "resident"},
    {"affiliations": ["a4"], "id": "p190", "role": "mentee", "stage": "student"},
    {"affiliations": ["a6"], "id": "p191", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a3"], "id": "p192", "role": "mentee", "stage": "student"},
    {"affiliations": ["a9"], "id": "p193", "role": "mentee", "stage": "student"},
    {"affiliations": ["a2"], "id": "p194", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a12"], "id": "p195", "needs": ["step_free"], "role": "mentee", "stage": "resident"},
    {"affiliations": ["a4"], "id": "p196", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a6"], "id": "p197", "role": "mentee", "stage": "student"},
    {"affiliations": ["a3"], "id": "p198", "role": "mentee", "stage": "student"},
    {"affiliations": ["a8"], "id": "p199", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a8"], "id": "p200", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a2"], "id": "p201", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a1"], "id": "p202", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a1"], "id": "p203", "role": "mentee", "stage": "student"},
    {"affiliations": ["a7"], "id": "p204", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a4"], "id": "p205", "role": "mentee", "rounds": ["r14", "r15", "r16"], "stage": "resident"},
    {"affiliations": ["a6"], "id": "p206", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a7"], "id": "p207", "role": "mentee", "stage": "student"},
    {"affiliations": ["a1"], "id": "p208", "role": "mentee", "rounds": ["r13", "r14", "r15", "r16"], "stage": "student"},
    {"affiliations": ["a9"], "id": "p209", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a4"], "id": "p210", "needs": ["quiet"], "role": "mentee", "stage": "student"},
    {"affiliations": ["a10"], "id": "p211", "role": "mentee", "stage": "student"},
    {"affiliations": ["a7"], "id": "p212", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a10"], "id": "p213", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a12"], "id": "p214", "role": "mentee", "stage": "resident"},
    {"affiliations": ["a11"], "id": "p215", "needs": ["step_free"], "role": "mentee", "stage": "resident"},
    {"affiliations": ["a7"], "id": "p216", "needs": ["hearing_loop"], "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a7"], "id": "p217", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a12"], "id": "p218", "role": "mentee", "stage": "fellow"},
    {"affiliations": ["a7"], "id": "p99", "role": "mentor", "stage": "senior", "table": "t37"}],
  "repeats": [
    {"between": ["mentor", "mentee"], "limit": "never"}],
  "rounds": [
    {"id": "r12", "minutes": 10, "starts_at": "2026-11-22T03:35:00+00:00"},
    {"id": "r13", "minutes": 10, "starts_at": "2026-11-22T03:47:00+00:00"},
    {"id": "r14", "minutes": 10, "starts_at": "2026-11-22T03:59:00+00:00"},
    {"id": "r15", "minutes": 10, "starts_at": "2026-11-22T04:11:00+00:00"},
    {"id": "r16", "minutes": 10, "starts_at": "2026-11-22T04:23:00+00:00"}],
  "tables": [
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t36", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t37", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t38", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t39", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t40", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t41", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t42", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t43", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t44", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t45", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t46", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t47", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t48", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t49", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t50", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t51", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t52", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t53", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t54", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t55", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t56", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t57", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t58", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t59", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t60", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t61", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t62", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t63", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t64", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t65", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t66", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t67", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t68", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t69", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t70", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t71", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t72", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t73", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t74", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t75", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t76", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t77", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t78", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t79", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t80", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t81", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t82", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t83", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t84", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t85", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t86", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t87", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t88", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t89", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t90", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t91", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t92", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t93", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t94", "seats": 2},
    {"features": ["hearing_loop", "quiet", "step_free"], "id": "t95", "seats": 2}],
  "wishes": [
    ["p159", "p143"],
    ["p159", "p152"],
    ["p160", "p121"],
    ["p160", "p157"],
    ["p161", "p102"],
    ["p161", "p152"],
    ["p162", "p125"],
    ["p162", "p154"],
    ["p163", "p107"],
    ["p163", "p121"],
    ["p164", "p113"],
    ["p164", "p155"],
    ["p165", "p158"],
    ["p166", "p142"],
    ["p166", "p154"],
    ["p167", "p132"],
    ["p167", "p141"],
    ["p168", "p109"],
    ["p168", "p158"],
    ["p169", "p121"],
    ["p169", "p158"],
    ["p170", "p118"],
    ["p170", "p154"],
    ["p171", "p135"],
    ["p171", "p154"],
    ["p172", "p124"],
    ["p172", "p149"],
    ["p173", "p121"],
    ["p173", "p153"],
    ["p174", "p151"],
    ["p174", "p158"],
    ["p175", "p122"],
    ["p175", "p134"],
    ["p176", "p102"],
    ["p176", "p152"],
    ["p177", "p105"],
    ["p177", "p151"],
    ["p178", "p124"],
    ["p178", "p145"],
    ["p179", "p142"],
    ["p179", "p154"],
    ["p180", "p115"],
    ["p180", "p154"],
    ["p181", "p103"],
    ["p182", "p115"],
    ["p182", "p126"],
    ["p183", "p103"],
    ["p183", "p158"],
    ["p184", "p155"],
    ["p184", "p158"],
    ["p185", "p121"],
    ["p185", "p158"],
    ["p186", "p101"],
    ["p186", "p103"],
    ["p187", "p146"],
    ["p187", "p158"],
    ["p188", "p154"],
    ["p188", "p155"],
    ["p189", "p102"],
    ["p189", "p151"],
    ["p190", "p137"],
    ["p190", "p158"],
    ["p191", "p103"],
    ["p191", "p154"],
    ["p192", "p142"],
    ["p192", "p158"],
    ["p193", "p137"],
    ["p193", "p155"],
    ["p194", "p111"],
    ["p194", "p154"],
    ["p195", "p155"],
    ["p195", "p158"],
    ["p196", "p158"],
    ["p197", "p121"],
    ["p197", "p155"],
    ["p198", "p131"],
    ["p198", "p152"],
    ["p199", "p130"],
    ["p199", "p154"],
    ["p200", "p105"],
    ["p200", "p135"],
    ["p201", "p105"],
    ["p201", "p158"],
    ["p202", "p149"],
    ["p202", "p158"],
    ["p203", "p155"],
    ["p203", "p158"],
    ["p204", "p121"],
    ["p204", "p151"],
    ["p205", "p121"],
    ["p205", "p144"],
    ["p206", "p154"],
    ["p207", "p155"],
    ["p207", "p158"],
    ["p208", "p137"],
    ["p208", "p139"],
    ["p209", "p117"],
    ["p209", "p158"],
    ["p210", "p143"],
    ["p210", "p158"],
    ["p211", "p154"],
    ["p211", "p158"],
    ["p212", "p126"],
    ["p212", "p158"],
    ["p213", "p103"],
    ["p213", "p154"],
    ["p214", "p154"],
    ["p214", "p158"],
    ["p215", "p121"],
    ["p215", "p158"],
    ["p216", "p103"],
    ["p216", "p151"],
    ["p217", "p103"],
    ["p217", "p111"],
    ["p218", "p142"]]
}
','sha256:5b8584f1b356527084a38d11be4d719023b4a9a5c966a5bb89ba547af9b6a7d2',120,1,15.0,'{
  "format": "roundabout-plan/1",
  "problem_digest": "sha256:5b8584f1b356527084a38d11be4d719023b4a9a5c966a5bb89ba547af9b6a7d2",
  "status": "optimal",
  "seats": [
    ["p194", "r12", "t37"],
    ["p99", "r12", "t37"],
    ["p135", "r12", "t38"],
    ["p176", "r12", "t38"],
    ["p105", "r12", "t39"],
    ["p201", "r12", "t39"],
    ["p104", "r12", "t40"],
    ["p215", "r12", "t40"],
    ["p108", "r12", "t41"],
    ["p198", "r12", "t41"],
    ["p110", "r12", "t42"],
    ["p204", "r12", "t42"],
    ["p106", "r12", "t43"],
    ["p216", "r12", "t43"],
    ["p130", "r12", "t45"],
    ["p217", "r12", "t45"],
    ["p121", "r12", "t46"],
    ["p185", "r12", "t46"],
    ["p111", "r12", "t47"],
    ["p188", "r12", "t47"],
    ["p128", "r12", "t48"],
    ["p183", "r12", "t48"],
    ["p116", "r12", "t49"],
    ["p182", "r12", "t49"],
    ["p113", "r12", "t50"],
    ["p164", "r12", "t50"],
    ["p117", "r12", "t51"],
    ["p209", "r12", "t51"],
    ["p101", "r12", "t52"],
    ["p162", "r12", "t52"],
    ["p129", "r12", "t53"],
    ["p210", "r12", "t53"],
    ["p102", "r12", "t55"],
    ["p161", "r12", "t55"],
    ["p122", "r12", "t56"],
    ["p175", "r12", "t56"],
    ["p123", "r12", "t57"],
    ["p163", "r12", "t57"],
    ["p132", "r12", "t58"],
    ["p213", "r12", "t58"],
    ["p127", "r12", "t59"],
    ["p206", "r12", "t59"],
    ["p100", "r12", "t60"],
    ["p218", "r12", "t60"],
    ["p124", "r12", "t61"],
    ["p181", "r12", "t61"],
    ["p125", "r12", "t62"],
    ["p173", "r12", "t62"],
    ["p126", "r12", "t63"],
    ["p212", "r12", "t63"],
    ["p112", "r12", "t64"],
    ["p199", "r12", "t64"],
    ["p118", "r12", "t65"],
    ["p207", "r12", "t65"],
    ["p107", "r12", "t66"],
    ["p179", "r12", "t66"],
    ["p149", "r12", "t67"],
    ["p172", "r12", "t67"],
    ["p120", "r12", "t68"],
    ["p203", "r12", "t68"],
    ["p146", "r12", "t69"],
    ["p177", "r12", "t69"],
    ["p153", "r12", "t70"],
    ["p192", "r12", "t70"],
    ["p138", "r12", "t71"],
    ["p211", "r12", "t71"],
    ["p148", "r12", "t72"],
    ["p197", "r12", "t72"],
    ["p103", "r12", "t73"],
    ["p191", "r12", "t73"],
    ["p137", "r12", "t74"],
    ["p190", "r12", "t74"],
    ["p139", "r12", "t75"],
    ["p202", "r12", "t75"],
    ["p136", "r12", "t76"],
    ["p214", "r12", "t76"],
    ["p141", "r12", "t77"],
    ["p167", "r12", "t77"],
    ["p144", "r12", "t78"],
    ["p168", "r12", "t78"],
    ["p109", "r12", "t79"],
    ["p196", "r12", "t79"],
    ["p143", "r12", "t80"],
    ["p195", "r12", "t80"],
    ["p134", "r12", "t81"],
    ["p171", "r12", "t81"],
    ["p140", "r12", "t82"],
    ["p114", "r12", "t83"],
    ["p187", "r12", "t83"],
    ["p145", "r12", "t84"],
    ["p178", "r12", "t84"],
    ["p147", "r12", "t85"],
    ["p186", "r12", "t85"],
    ["p115", "r12", "t86"],
    ["p193", "r12", "t86"],
    ["p150", "r12", "t87"],
    ["p169", "r12", "t87"],
    ["p142", "r12", "t88"],
    ["p166", "r12", "t88"],
    ["p152", "r12", "t89"],
    ["p159", "r12", "t89"],
    ["p156", "r12", "t90"],
    ["p200", "r12", "t90"],
    ["p154", "r12", "t91"],
    ["p170", "r12", "t91"],
    ["p155", "r12", "t92"],
    ["p184", "r12", "t92"],
    ["p158", "r12", "t93"],
    ["p165", "r12", "t93"],
    ["p157", "r12", "t94"],
    ["p160", "r12", "t94"],
    ["p151", "r12", "t95"],
    ["p174", "r12", "t95"],
    ["p186", "r13", "t37"],
    ["p99", "r13", "t37"],
    ["p135", "r13", "t38"],
    ["p181", "r13", "t38"],
    ["p105", "r13", "t39"],
    ["p177", "r13", "t39"],
    ["p104", "r13", "t40"],
    ["p184", "r13", "t40"],
    ["p108", "r13", "t41"],
    ["p216", "r13", "t41"],
    ["p110", "r13", "t42"],
    ["p188", "r13", "t42"],
    ["p106", "r13", "t43"],
    ["p202", "r13", "t43"],
    ["p131", "r13", "t44"],
    ["p203", "r13", "t44"],
    ["p130", "r13", "t45"],
    ["p170", "r13", "t45"],
    ["p121", "r13", "t46"],
    ["p204", "r13", "t46"],
    ["p111", "r13", "t47"],
    ["p171", "r13", "t47"],
    ["p128", "r13", "t48"],
    ["p195", "r13", "t48"],
    ["p116", "r13", "t49"],
    ["p185", "r13", "t49"],
    ["p113", "r13", "t50"],
    ["p214", "r13", "t50"],
    ["p117", "r13", "t51"],
    ["p191", "r13", "t51"],
    ["p101", "r13", "t52"],
    ["p163", "r13", "t52"],
    ["p129", "r13", "t53"],
    ["p159", "r13", "t53"],
    ["p102", "r13", "t55"],
    ["p217", "r13", "t55"],
    ["p122", "r13", "t56"],
    ["p198", "r13", "t56"],
    ["p123", "r13", "t57"],
    ["p209", "r13", "t57"],
    ["p132", "r13", "t58"],
    ["p167", "r13", "t58"],
    ["p127", "r13", "t59"],
    ["p172", "r13", "t59"],
    ["p100", "r13", "t60"],
    ["p213", "r13", "t60"],
    ["p124", "r13", "t61"],
    ["p212", "r13", "t61"],
    ["p125", "r13", "t62"],
    ["p162", "r13", "t62"],
    ["p126", "r13", "t63"],
    ["p182", "r13", "t63"],
    ["p112", "r13", "t64"],
    ["p166", "r13", "t64"],
    ["p118", "r13", "t65"],
    ["p168", "r13", "t65"],
    ["p107", "r13", "t66"],
    ["p169", "r13", "t66"],
    ["p149", "r13", "t67"],
    ["p199", "r13", "t67"],
    ["p120", "r13", "t68"],
    ["p211", "r13", "t68"],
    ["p146", "r13", "t69"],
    ["p187", "r13", "t69"],
    ["p153", "r13", "t70"],
    ["p173", "r13", "t70"],
    ["p138", "r13", "t71"],
    ["p178", "r13", "t71"],
    ["p148", "r13", "t72"],
    ["p200", "r13", "t72"],
    ["p103", "r13", "t73"],
    ["p183", "r13", "t73"],
    ["p137", "r13", "t74"],
    ["p174", "r13", "t74"],
    ["p139", "r13", "t75"],
    ["p208", "r13", "t75"],
    ["p136", "r13", "t76"],
    ["p192", "r13", "t76"],
    ["p141", "r13", "t77"],
    ["p201", "r13", "t77"],
    ["p144", "r13", "t78"],
    ["p193", "r13", "t78"],
    ["p109", "r13", "t79"],
    ["p190", "r13", "t79"],
    ["p143", "r13", "t80"],
    ["p210", "r13", "t80"],
    ["p134", "r13", "t81"],
    ["p175", "r13", "t81"],
    ["p140", "r13", "t82"],
    ["p161", "r13", "t82"],
    ["p114", "r13", "t83"],
    ["p164", "r13", "t83"],
    ["p145", "r13", "t84"],
    ["p160", "r13", "t84"],
    ["p147", "r13", "t85"],
    ["p207", "r13", "t85"],
    ["p115", "r13", "t86"],
    ["p180", "r13", "t86"],
    ["p150", "r13", "t87"],
    ["p194", "r13", "t87"],
    ["p142", "r13", "t88"],
    ["p218", "r13", "t88"],
    ["p152", "r13", "t89"],
    ["p176", "r13", "t89"],
    ["p156", "r13", "t90"],
    ["p165", "r13", "t90"],
    ["p154", "r13", "t91"],
    ["p206", "r13", "t91"],
    ["p155", "r13", "t92"],
    ["p197", "r13", "t92"],
    ["p158", "r13", "t93"],
    ["p215", "r13", "t93"],
    ["p157", "r13", "t94"],
    ["p196", "r13", "t94"],
    ["p151", "r13", "t95"],
    ["p189", "r13", "t95"],
    ["p133", "r14", "t36"],
    ["p191", "r14", "t36"],
    ["p215", "r14", "t37"],
    ["p99", "r14", "t37"],
    ["p135", "r14", "t38"],
    ["p212", "r14", "t38"],
    ["p105", "r14", "t39"],
    ["p217", "r14", "t39"],
    ["p104", "r14", "t40"],
    ["p185", "r14", "t40"],
    ["p108", "r14", "t41"],
    ["p190", "r14", "t41"],
    ["p110", "r14", "t42"],
    ["p174", "r14", "t42"],
    ["p106", "r14", "t43"],
    ["p170", "r14", "t43"],
    ["p131", "r14", "t44"],
    ["p198", "r14", "t44"],
    ["p130", "r14", "t45"],
    ["p199", "r14", "t45"],
    ["p111", "r14", "t47"],
    ["p194", "r14", "t47"],
    ["p128", "r14", "t48"],
    ["p179", "r14", "t48"],
    ["p116", "r14", "t49"],
    ["p205", "r14", "t49"],
    ["p113", "r14", "t50"],
    ["p200", "r14", "t50"],
    ["p101", "r14", "t52"],
    ["p166", "r14", "t52"],
    ["p129", "r14", "t53"],
    ["p207", "r14", "t53"],
    ["p119", "r14", "t54"],
    ["p193", "r14", "t54"],
    ["p102", "r14", "t55"],
    ["p189", "r14", "t55"],
    ["p123", "r14", "t57"],
    ["p176", "r14", "t57"],
    ["p132", "r14", "t58"],
    ["p180", "r14", "t58"],
    ["p127", "r14", "t59"],
    ["p218", "r14", "t59"],
    ["p100", "r14", "t60"],
    ["p182", "r14", "t60"],
    ["p124", "r14", "t61"],
    ["p178", "r14", "t61"],
    ["p125", "r14", "t62"],
    ["p167", "r14", "t62"],
    ["p126", "r14", "t63"],
    ["p168", "r14", "t63"],
    ["p112", "r14", "t64"],
    ["p160", "r14", "t64"],
    ["p118", "r14", "t65"],
    ["p209", "r14", "t65"],
    ["p107", "r14", "t66"],
    ["p163", "r14", "t66"],
    ["p149", "r14", "t67"],
    ["p202", "r14", "t67"],
    ["p120", "r14", "t68"],
    ["p173", "r14", "t68"],
    ["p146", "r14", "t69"],
    ["p197", "r14", "t69"],
    ["p153", "r14", "t70"],
    ["p172", "r14", "t70"],
    ["p138", "r14", "t71"],
    ["p162", "r14", "t71"],
    ["p148", "r14", "t72"],
    ["p208", "r14", "t72"],
    ["p103", "r14", "t73"],
    ["p186", "r14", "t73"],
    ["p137", "r14", "t74"],
    ["p171", "r14", "t74"],
    ["p139", "r14", "t75"],
    ["p216", "r14", "t75"],
    ["p136", "r14", "t76"],
    ["p175", "r14", "t76"],
    ["p141", "r14", "t77"],
    ["p196", "r14", "t77"],
    ["p144", "r14", "t78"],
    ["p204", "r14", "t78"],
    ["p109", "r14", "t79"],
    ["p201", "r14", "t79"],
    ["p143", "r14", "t80"],
    ["p159", "r14", "t80"],
    ["p134", "r14", "t81"],
    ["p188", "r14", "t81"],
    ["p140", "r14", "t82"],
    ["p210", "r14", "t82"],
    ["p114", "r14", "t83"],
    ["p213", "r14", "t83"],
    ["p145", "r14", "t84"],
    ["p211", "r14", "t84"],
    ["p147", "r14", "t85"],
    ["p206", "r14", "t85"],
    ["p115", "r14", "t86"],
    ["p183", "r14", "t86"],
    ["p150", "r14", "t87"],
    ["p165", "r14", "t87"],
    ["p142", "r14", "t88"],
    ["p192", "r14", "t88"],
    ["p152", "r14", "t89"],
    ["p161", "r14", "t89"],
    ["p156", "r14", "t90"],
    ["p184", "r14", "t90"],
    ["p154", "r14", "t91"],
    ["p214", "r14", "t91"],
    ["p155", "r14", "t92"],
    ["p195", "r14", "t92"],
    ["p158", "r14", "t93"],
    ["p169", "r14", "t93"],
    ["p157", "r14", "t94"],
    ["p203", "r14", "t94"],
    ["p151", "r14", "t95"],
    ["p177", "r14", "t95"],
    ["p133", "r15", "t36"],
    ["p170", "r15", "t36"],
    ["p161", "r15", "t37"],
    ["p99", "r15", "t37"],
    ["p135", "r15", "t38"],
    ["p200", "r15", "t38"],
    ["p105", "r15", "t39"],
    ["p189", "r15", "t39"],
    ["p104", "r15", "t40"],
    ["p205", "r15", "t40"],
    ["p108", "r15", "t41"],
    ["p168", "r15", "t41"],
    ["p110", "r15", "t42"],
    ["p171", "r15", "t42"],
    ["p106", "r15", "t43"],
    ["p196", "r15", "t43"],
    ["p131", "r15", "t44"],
    ["p169", "r15", "t44"],
    ["p130", "r15", "t45"],
    ["p167", "r15", "t45"],
    ["p111", "r15", "t47"],
    ["p217", "r15", "t47"],
    ["p128", "r15", "t48"],
    ["p163", "r15", "t48"],
    ["p116", "r15", "t49"],
    ["p215", "r15", "t49"],
    ["p113", "r15", "t50"],
    ["p208", "r15", "t50"],
    ["p101", "r15", "t52"],
    ["p186", "r15", "t52"],
    ["p129", "r15", "t53"],
    ["p175", "r15", "t53"],
    ["p119", "r15", "t54"],
    ["p174", "r15", "t54"],
    ["p102", "r15", "t55"],
    ["p212", "r15", "t55"],
    ["p123", "r15", "t57"],
    ["p194", "r15", "t57"],
    ["p132", "r15", "t58"],
    ["p190", "r15", "t58"],
    ["p127", "r15", "t59"],
    ["p213", "r15", "t59"],
    ["p100", "r15", "t60"],
    ["p184", "r15", "t60"],
    ["p124", "r15", "t61"],
    ["p172", "r15", "t61"],
    ["p125", "r15", "t62"],
    ["p178", "r15", "t62"],
    ["p126", "r15", "t63"],
    ["p173", "r15", "t63"],
    ["p112", "r15", "t64"],
    ["p165", "r15", "t64"],
    ["p118", "r15", "t65"],
    ["p179", "r15", "t65"],
    ["p107", "r15", "t66"],
    ["p195", "r15", "t66"],
    ["p149", "r15", "t67"],
    ["p206", "r15", "t67"],
    ["p120", "r15", "t68"],
    ["p160", "r15", "t68"],
    ["p146", "r15", "t69"],
    ["p192", "r15", "t69"],
    ["p153", "r15", "t70"],
    ["p176", "r15", "t70"],
    ["p138", "r15", "t71"],
    ["p166", "r15", "t71"],
    ["p148", "r15", "t72"],
    ["p214", "r15", "t72"],
    ["p103", "r15", "t73"],
    ["p181", "r15", "t73"],
    ["p137", "r15", "t74"],
    ["p193", "r15", "t74"],
    ["p139", "r15", "t75"],
    ["p198", "r15", "t75"],
    ["p136", "r15", "t76"],
    ["p210", "r15", "t76"],
    ["p141", "r15", "t77"],
    ["p202", "r15", "t77"],
    ["p144", "r15", "t78"],
    ["p183", "r15", "t78"],
    ["p109", "r15", "t79"],
    ["p180", "r15", "t79"],
    ["p143", "r15", "t80"],
    ["p209", "r15", "t80"],
    ["p134", "r15", "t81"],
    ["p204", "r15", "t81"],
    ["p140", "r15", "t82"],
    ["p185", "r15", "t82"],
    ["p114", "r15", "t83"],
    ["p218", "r15", "t83"],
    ["p145", "r15", "t84"],
    ["p203", "r15", "t84"],
    ["p147", "r15", "t85"],
    ["p159", "r15", "t85"],
    ["p115", "r15", "t86"],
    ["p182", "r15", "t86"],
    ["p150", "r15", "t87"],
    ["p177", "r15", "t87"],
    ["p142", "r15", "t88"],
    ["p197", "r15", "t88"],
    ["p152", "r15", "t89"],
    ["p162", "r15", "t89"],
    ["p156", "r15", "t90"],
    ["p199", "r15", "t90"],
    ["p154", "r15", "t91"],
    ["p191", "r15", "t91"],
    ["p155", "r15", "t92"],
    ["p188", "r15", "t92"],
    ["p158", "r15", "t93"],
    ["p207", "r15", "t93"],
    ["p157", "r15", "t94"],
    ["p201", "r15", "t94"],
    ["p151", "r15", "t95"],
    ["p216", "r15", "t95"],
    ["p133", "r16", "t36"],
    ["p180", "r16", "t36"],
    ["p184", "r16", "t37"],
    ["p99", "r16", "t37"],
    ["p135", "r16", "t38"],
    ["p171", "r16", "t38"],
    ["p105", "r16", "t39"],
    ["p200", "r16", "t39"],
    ["p104", "r16", "t40"],
    ["p210", "r16", "t40"],
    ["p108", "r16", "t41"],
    ["p173", "r16", "t41"],
    ["p110", "r16", "t42"],
    ["p167", "r16", "t42"],
    ["p106", "r16", "t43"],
    ["p188", "r16", "t43"],
    ["p131", "r16", "t44"],
    ["p160", "r16", "t44"],
    ["p130", "r16", "t45"],
    ["p191", "r16", "t45"],
    ["p111", "r16", "t47"],
    ["p174", "r16", "t47"],
    ["p128", "r16", "t48"],
    ["p209", "r16", "t48"],
    ["p116", "r16", "t49"],
    ["p175", "r16", "t49"],
    ["p113", "r16", "t50"],
    ["p182", "r16", "t50"],
    ["p101", "r16", "t52"],
    ["p195", "r16", "t52"],
    ["p129", "r16", "t53"],
    ["p206", "r16", "t53"],
    ["p119", "r16", "t54"],
    ["p172", "r16", "t54"],
    ["p102", "r16", "t55"],
    ["p176", "r16", "t55"],
    ["p123", "r16", "t57"],
    ["p181", "r16", "t57"],
    ["p132", "r16", "t58"],
    ["p218", "r16", "t58"],
    ["p127", "r16", "t59"],
    ["p159", "r16", "t59"],
    ["p100", "r16", "t60"],
    ["p186", "r16", "t60"],
    ["p124", "r16", "t61"],
    ["p199", "r16", "t61"],
    ["p125", "r16", "t62"],
    ["p183", "r16", "t62"],
    ["p126", "r16", "t63"],
    ["p177", "r16", "t63"],
    ["p112", "r16", "t64"],
    ["p212", "r16", "t64"],
    ["p118", "r16", "t65"],
    ["p170", "r16", "t65"],
    ["p107", "r16", "t66"],
    ["p194", "r16", "t66"],
    ["p149", "r16", "t67"],
    ["p165", "r16", "t67"],
    ["p120", "r16", "t68"],
    ["p193", "r16", "t68"],
    ["p146", "r16", "t69"],
    ["p169", "r16", "t69"],
    ["p153", "r16", "t70"],
    ["p197", "r16", "t70"],
    ["p138", "r16", "t71"],
    ["p163", "r16", "t71"],
    ["p148", "r16", "t72"],
    ["p192", "r16", "t72"],
    ["p103", "r16", "t73"],
    ["p213", "r16", "t73"],
    ["p137", "r16", "t74"],
    ["p208", "r16", "t74"],
    ["p139", "r16", "t75"],
    ["p201", "r16", "t75"],
    ["p136", "r16", "t76"],
    ["p185", "r16", "t76"],
    ["p141", "r16", "t77"],
    ["p216", "r16", "t77"],
    ["p144", "r16", "t78"],
    ["p205", "r16", "t78"],
    ["p109", "r16", "t79"],
    ["p168", "r16", "t79"],
    ["p143", "r16", "t80"],
    ["p207", "r16", "t80"],
    ["p134", "r16", "t81"],
    ["p217", "r16", "t81"],
    ["p140", "r16", "t82"],
    ["p214", "r16", "t82"],
    ["p114", "r16", "t83"],
    ["p190", "r16", "t83"],
    ["p145", "r16", "t84"],
    ["p166", "r16", "t84"],
    ["p147", "r16", "t85"],
    ["p215", "r16", "t85"],
    ["p115", "r16", "t86"],
    ["p178", "r16", "t86"],
    ["p150", "r16", "t87"],
    ["p161", "r16", "t87"],
    ["p142", "r16", "t88"],
    ["p179", "r16", "t88"],
    ["p152", "r16", "t89"],
    ["p198", "r16", "t89"],
    ["p156", "r16", "t90"],
    ["p189", "r16", "t90"],
    ["p154", "r16", "t91"],
    ["p211", "r16", "t91"],
    ["p155", "r16", "t92"],
    ["p203", "r16", "t92"],
    ["p158", "r16", "t93"],
    ["p196", "r16", "t93"],
    ["p157", "r16", "t94"],
    ["p202", "r16", "t94"],
    ["p151", "r16", "t95"],
    ["p204", "r16", "t95"]],
  "goals": [
    {"goal": "attendance_floor", "value": 4, "best": 4, "bound": 4, "proved": true},
    {"goal": "attendance", "value": 285, "best": 285, "bound": 285, "proved": true},
    {"goal": "hosts_floor", "value": 4, "best": 4, "bound": 4, "proved": true},
    {"goal": "wishes_floor", "value": 60, "best": 60, "bound": 60, "proved": true},
    {"goal": "wishes", "value": 77, "best": 77, "bound": 77, "proved": true},
    {"goal": "fit_floor", "value": 1.33, "best": 1.3625, "bound": 1.3625, "proved": true},
    {"goal": "fit", "value": 155.13299999999998, "best": 156.12599999999998, "bound": 156.12599999999998, "proved": true}],
  "seed": 1,
  "seconds": 3.404,
  "solver": "HiGHS 1.13.0"
}
','optimal','[]','[{"seconds": 0.733559909998803, "goal": "wishes", "value": 77.0, "bound": 77.0}, {"seconds": 1.8411093599988817, "goal": "fit_floor", "value": 1.3625, "bound": 1.3625}, {"seconds": 1.849249384000359, "goal": "fit_floor", "value": 1.3625, "bound": 1.3625}, {"seconds": 2.4971646659996622, "goal": "fit", "value": 156.12599999999998, "bound": 156.12599999999998}]',0,1,NULL,NULL,'','2026-11-22 03:25:39.638337','2026-11-22 03:25:43.599844','2026-11-22 03:25:50.409933');
CREATE TABLE round (
	id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	minutes INTEGER NOT NULL, 
	CONSTRAINT pk_round PRIMARY KEY (id), 
	CONSTRAINT fk_round_block_id_block FOREIGN KEY(block_id) REFERENCES block (id) ON DELETE CASCADE, 
	CONSTRAINT uq_round_block_id_number UNIQUE (block_id, number)
);
INSERT INTO "round" VALUES(1,2,1,'2026-12-13 17:15:00.000000',10);
INSERT INTO "round" VALUES(2,2,2,'2026-12-13 17:27:00.000000',10);
INSERT INTO "round" VALUES(3,2,3,'2026-12-13 17:39:00.000000',10);
INSERT INTO "round" VALUES(4,2,4,'2026-12-13 17:51:00.000000',10);
INSERT INTO "round" VALUES(5,2,5,'2026-12-13 18:03:00.000000',10);
INSERT INTO "round" VALUES(6,2,6,'2026-12-13 18:15:00.000000',10);
INSERT INTO "round" VALUES(7,5,1,'2026-11-27 13:15:00.000000',10);
INSERT INTO "round" VALUES(8,5,2,'2026-11-27 13:27:00.000000',10);
INSERT INTO "round" VALUES(9,5,3,'2026-11-27 13:39:00.000000',10);
INSERT INTO "round" VALUES(10,5,4,'2026-11-27 13:51:00.000000',10);
INSERT INTO "round" VALUES(11,5,5,'2026-11-27 14:03:00.000000',10);
INSERT INTO "round" VALUES(12,7,1,'2026-11-22 03:35:00.000000',10);
INSERT INTO "round" VALUES(13,7,2,'2026-11-22 03:47:00.000000',10);
INSERT INTO "round" VALUES(14,7,3,'2026-11-22 03:59:00.000000',10);
INSERT INTO "round" VALUES(15,7,4,'2026-11-22 04:11:00.000000',10);
INSERT INTO "round" VALUES(16,7,5,'2026-11-22 04:23:00.000000',10);
CREATE TABLE schedule (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	published_at DATETIME NOT NULL, 
	published_by INTEGER, 
	told_people INTEGER NOT NULL, 
	CONSTRAINT pk_schedule PRIMARY KEY (id), 
	CONSTRAINT fk_schedule_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_schedule_published_by_organiser FOREIGN KEY(published_by) REFERENCES organiser (id), 
	CONSTRAINT uq_schedule_event_id_version UNIQUE (event_id, version)
);
INSERT INTO "schedule" VALUES(1,3,1,'2026-11-22 03:25:39.638337',1,120);
CREATE TABLE scheduled_round (
	id INTEGER NOT NULL, 
	schedule_id INTEGER NOT NULL, 
	plan_run_id INTEGER NOT NULL, 
	round_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	minutes INTEGER NOT NULL, 
	CONSTRAINT pk_scheduled_round PRIMARY KEY (id), 
	CONSTRAINT fk_scheduled_round_plan_run_id_plan_run FOREIGN KEY(plan_run_id) REFERENCES plan_run (id), 
	CONSTRAINT fk_scheduled_round_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_scheduled_round_schedule_id_schedule FOREIGN KEY(schedule_id) REFERENCES schedule (id) ON DELETE CASCADE, 
	CONSTRAINT uq_scheduled_round_schedule_id_round_id UNIQUE (schedule_id, round_id)
);
INSERT INTO "scheduled_round" VALUES(1,1,1,12,1,'2026-11-22 03:35:00.000000',10);
INSERT INTO "scheduled_round" VALUES(2,1,1,13,2,'2026-11-22 03:47:00.000000',10);
INSERT INTO "scheduled_round" VALUES(3,1,1,14,3,'2026-11-22 03:59:00.000000',10);
INSERT INTO "scheduled_round" VALUES(4,1,1,15,4,'2026-11-22 04:11:00.000000',10);
INSERT INTO "scheduled_round" VALUES(5,1,1,16,5,'2026-11-22 04:23:00.000000',10);
CREATE TABLE scheduled_seat (
	id INTEGER NOT NULL, 
	schedule_id INTEGER NOT NULL, 
	sign_up_id INTEGER NOT NULL, 
	round_id INTEGER NOT NULL, 
	table_id INTEGER NOT NULL, 
	CONSTRAINT pk_scheduled_seat PRIMARY KEY (id), 
	CONSTRAINT fk_scheduled_seat_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_scheduled_seat_schedule_id_schedule FOREIGN KEY(schedule_id) REFERENCES schedule (id) ON DELETE CASCADE, 
	CONSTRAINT fk_scheduled_seat_sign_up_id_sign_up FOREIGN KEY(sign_up_id) REFERENCES sign_up (id), 
	CONSTRAINT fk_scheduled_seat_table_id_seating_table FOREIGN KEY(table_id) REFERENCES seating_table (id), 
	CONSTRAINT uq_scheduled_seat_schedule_id_sign_up_id_round_id UNIQUE (schedule_id, sign_up_id, round_id)
);
INSERT INTO "scheduled_seat" VALUES(1,1,99,12,37);
INSERT INTO "scheduled_seat" VALUES(2,1,99,13,37);
INSERT INTO "scheduled_seat" VALUES(3,1,99,14,37);
INSERT INTO "scheduled_seat" VALUES(4,1,99,15,37);
INSERT INTO "scheduled_seat" VALUES(5,1,99,16,37);
INSERT INTO "scheduled_seat" VALUES(51,1,109,12,79);
INSERT INTO "scheduled_seat" VALUES(52,1,109,13,79);
INSERT INTO "scheduled_seat" VALUES(53,1,109,14,79);
INSERT INTO "scheduled_seat" VALUES(54,1,109,15,79);
INSERT INTO "scheduled_seat" VALUES(55,1,109,16,79);
INSERT INTO "scheduled_seat" VALUES(98,1,119,14,54);
INSERT INTO "scheduled_seat" VALUES(99,1,119,15,54);
INSERT INTO "scheduled_seat" VALUES(100,1,119,16,54);
INSERT INTO "scheduled_seat" VALUES(140,1,129,12,53);
INSERT INTO "scheduled_seat" VALUES(141,1,129,13,53);
INSERT INTO "scheduled_seat" VALUES(142,1,129,14,53);
INSERT INTO "scheduled_seat" VALUES(143,1,129,15,53);
INSERT INTO "scheduled_seat" VALUES(144,1,129,16,53);
INSERT INTO "scheduled_seat" VALUES(187,1,139,12,75);
INSERT INTO "scheduled_seat" VALUES(188,1,139,13,75);
INSERT INTO "scheduled_seat" VALUES(189,1,139,14,75);
INSERT INTO "scheduled_seat" VALUES(190,1,139,15,75);
INSERT INTO "scheduled_seat" VALUES(191,1,139,16,75);
INSERT INTO "scheduled_seat" VALUES(237,1,149,12,67);
INSERT INTO "scheduled_seat" VALUES(238,1,149,13,67);
INSERT INTO "scheduled_seat" VALUES(239,1,149,14,67);
INSERT INTO "scheduled_seat" VALUES(240,1,149,15,67);
INSERT INTO "scheduled_seat" VALUES(241,1,149,16,67);
INSERT INTO "scheduled_seat" VALUES(287,1,159,12,89);
INSERT INTO "scheduled_seat" VALUES(288,1,159,13,53);
INSERT INTO "scheduled_seat" VALUES(289,1,159,14,80);
INSERT INTO "scheduled_seat" VALUES(290,1,159,15,85);
INSERT INTO "scheduled_seat" VALUES(291,1,159,16,59);
INSERT INTO "scheduled_seat" VALUES(333,1,169,12,87);
INSERT INTO "scheduled_seat" VALUES(334,1,169,13,66);
INSERT INTO "scheduled_seat" VALUES(335,1,169,14,93);
INSERT INTO "scheduled_seat" VALUES(336,1,169,15,44);
INSERT INTO "scheduled_seat" VALUES(337,1,169,16,69);
INSERT INTO "scheduled_seat" VALUES(383,1,179,12,66);
INSERT INTO "scheduled_seat" VALUES(384,1,179,14,48);
INSERT INTO "scheduled_seat" VALUES(385,1,179,15,65);
INSERT INTO "scheduled_seat" VALUES(386,1,179,16,88);
INSERT INTO "scheduled_seat" VALUES(427,1,189,13,95);
INSERT INTO "scheduled_seat" VALUES(428,1,189,14,55);
INSERT INTO "scheduled_seat" VALUES(429,1,189,15,39);
INSERT INTO "scheduled_seat" VALUES(430,1,189,16,90);
INSERT INTO "scheduled_seat" VALUES(476,1,199,12,64);
INSERT INTO "scheduled_seat" VALUES(477,1,199,13,67);
INSERT INTO "scheduled_seat" VALUES(478,1,199,14,45);
INSERT INTO "scheduled_seat" VALUES(479,1,199,15,90);
INSERT INTO "scheduled_seat" VALUES(480,1,199,16,61);
INSERT INTO "scheduled_seat" VALUES(523,1,209,12,51);
INSERT INTO "scheduled_seat" VALUES(524,1,209,13,57);
INSERT INTO "scheduled_seat" VALUES(525,1,209,14,65);
INSERT INTO "scheduled_seat" VALUES(526,1,209,15,80);
INSERT INTO "scheduled_seat" VALUES(527,1,209,16,48);
CREATE TABLE seating_table (
	id INTEGER NOT NULL, 
	block_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	features JSON NOT NULL, 
	seats INTEGER, 
	video_link VARCHAR NOT NULL, 
	CONSTRAINT pk_seating_table PRIMARY KEY (id), 
	CONSTRAINT fk_seating_table_block_id_block FOREIGN KEY(block_id) REFERENCES block (id) ON DELETE CASCADE, 
	CONSTRAINT uq_seating_table_block_id_number UNIQUE (block_id, number)
);
INSERT INTO "seating_table" VALUES(1,2,1,'Table 1','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(2,2,2,'Table 2','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(3,2,3,'Table 3','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(4,2,4,'Table 4','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(5,2,5,'Table 5','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(6,2,6,'Table 6','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(7,2,7,'Table 7','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(8,2,8,'Table 8','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(9,2,9,'Table 9','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(10,2,10,'Table 10','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(11,2,11,'Table 11','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(12,2,12,'Table 12','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(13,2,13,'Table 13','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(14,2,14,'Table 14','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(15,2,15,'Table 15','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(16,2,16,'Table 16','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(17,2,17,'Table 17','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(18,2,18,'Table 18','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(19,2,19,'Table 19','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(20,2,20,'Table 20','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(21,2,21,'Table 21','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(22,2,22,'Table 22','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(23,2,23,'Table 23','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(24,2,24,'Table 24','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(25,2,25,'Table 25','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(26,2,26,'Table 26','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(27,2,27,'Table 27','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(28,2,28,'Table 28','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(29,2,29,'Table 29','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(30,2,30,'Table 30','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(31,5,1,'Station 1','["step_free", "quiet", "hearing_loop"]',11,'');
INSERT INTO "seating_table" VALUES(32,5,2,'Station 2','["step_free", "quiet", "hearing_loop"]',11,'');
INSERT INTO "seating_table" VALUES(33,5,3,'Station 3','["step_free", "quiet", "hearing_loop"]',11,'');
INSERT INTO "seating_table" VALUES(34,5,4,'Station 4','["step_free", "quiet", "hearing_loop"]',11,'');
INSERT INTO "seating_table" VALUES(35,5,5,'Station 5','["step_free", "quiet", "hearing_loop"]',11,'');
INSERT INTO "seating_table" VALUES(36,7,1,'Table 1','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(37,7,2,'Table 2','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(38,7,3,'Table 3','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(39,7,4,'Table 4','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(40,7,5,'Table 5','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(41,7,6,'Table 6','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(42,7,7,'Table 7','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(43,7,8,'Table 8','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(44,7,9,'Table 9','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(45,7,10,'Table 10','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(46,7,11,'Table 11','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(47,7,12,'Table 12','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(48,7,13,'Table 13','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(49,7,14,'Table 14','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(50,7,15,'Table 15','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(51,7,16,'Table 16','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(52,7,17,'Table 17','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(53,7,18,'Table 18','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(54,7,19,'Table 19','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(55,7,20,'Table 20','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(56,7,21,'Table 21','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(57,7,22,'Table 22','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(58,7,23,'Table 23','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(59,7,24,'Table 24','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(60,7,25,'Table 25','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(61,7,26,'Table 26','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(62,7,27,'Table 27','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(63,7,28,'Table 28','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(64,7,29,'Table 29','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(65,7,30,'Table 30','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(66,7,31,'Table 31','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(67,7,32,'Table 32','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(68,7,33,'Table 33','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(69,7,34,'Table 34','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(70,7,35,'Table 35','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(71,7,36,'Table 36','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(72,7,37,'Table 37','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(73,7,38,'Table 38','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(74,7,39,'Table 39','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(75,7,40,'Table 40','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(76,7,41,'Table 41','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(77,7,42,'Table 42','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(78,7,43,'Table 43','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(79,7,44,'Table 44','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(80,7,45,'Table 45','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(81,7,46,'Table 46','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(82,7,47,'Table 47','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(83,7,48,'Table 48','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(84,7,49,'Table 49','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(85,7,50,'Table 50','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(86,7,51,'Table 51','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(87,7,52,'Table 52','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(88,7,53,'Table 53','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(89,7,54,'Table 54','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(90,7,55,'Table 55','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(91,7,56,'Table 56','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(92,7,57,'Table 57','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(93,7,58,'Table 58','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(94,7,59,'Table 59','["step_free", "quiet", "hearing_loop"]',2,'');
INSERT INTO "seating_table" VALUES(95,7,60,'Table 60','["step_free", "quiet", "hearing_loop"]',2,'');
CREATE TABLE sign_up (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	wants_state VARCHAR(32) NOT NULL, 
	held_until DATETIME, 
	offered_until DATETIME, 
	confirmed_at DATETIME, 
	withdrawn_at DATETIME, 
	question VARCHAR NOT NULL, 
	goals VARCHAR NOT NULL, 
	topics JSON NOT NULL, 
	needs JSON NOT NULL, 
	absent_rounds JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_sign_up PRIMARY KEY (id), 
	CONSTRAINT fk_sign_up_event_id_event FOREIGN KEY(event_id) REFERENCES event (id), 
	CONSTRAINT fk_sign_up_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_sign_up_event_id_seq UNIQUE (event_id, seq), 
	CONSTRAINT uq_sign_up_person_id UNIQUE (person_id)
);
INSERT INTO "sign_up" VALUES(1,1,1,'mentor','placed',1,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["career planning", "speaking up", "assessment"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(12,1,12,'mentor','placed',12,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["curriculum design", "work-life balance"]','["hearing_loop"]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(23,1,23,'mentor','placed',23,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["applying for residency", "work-life balance", "grant applications"]','["step_free"]','[3, 4, 5, 6]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(34,1,34,'mentee','placed',34,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'I have two job offers in different cities: what would you look at first?','','["curriculum design", "work-life balance", "clinical reasoning"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(45,1,45,'mentee','placed',45,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'How can I get teaching experience before I am a fellow?','','["parenthood and training", "moving country", "applying for residency"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(57,2,57,'mentor','placed',1,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["parenthood and training", "speaking up", "simulation teaching", "academic promotion"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(65,2,65,'mentor','placed',9,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["speaking up", "simulation teaching", "exam preparation"]','["step_free"]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(73,2,73,'mentee','placed',17,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'Which conferences are worth the money?','','["exam preparation", "research methods", "clinical reasoning"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(81,2,81,'mentee','placed',25,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'I have two job offers in different cities: what would you look at first?','','["exam preparation", "speaking up", "grant applications"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(89,2,89,'mentee','placed',33,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'How do I ask for feedback and actually get it?','','["parenthood and training", "exam preparation", "moving country"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(99,3,99,'mentor','placed',1,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["career planning", "speaking up", "assessment"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(109,3,109,'mentor','placed',11,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["writing a first paper", "leading a team", "simulation teaching"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(119,3,119,'mentor','placed',21,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["writing a first paper", "grant applications", "leading a team", "work-life balance"]','[]','[12, 13]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(129,3,129,'mentor','placed',31,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["applying for residency", "leading a team", "clinical reasoning"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(139,3,139,'mentor','placed',41,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["parenthood and training", "simulation teaching"]','["hearing_loop"]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(149,3,149,'mentor','placed',51,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'','','["speaking up", "exam preparation", "leading a team", "career planning"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(159,3,159,'mentee','placed',61,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'How do you keep one day a week for research?','','["leading a team", "parenthood and training", "writing a first paper"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(169,3,169,'mentee','placed',71,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'Which conferences are worth the money?','','["speaking up", "curriculum design", "leading a team"]','["step_free"]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(179,3,179,'mentee','placed',81,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'How can I get teaching experience before I am a fellow?','','["moving country", "grant applications", "curriculum design"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(189,3,189,'mentee','placed',91,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'How do you keep one day a week for research?','','["exam preparation", "academic promotion", "grant applications"]','["hearing_loop"]','[12]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(199,3,199,'mentee','placed',101,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'Which conferences are worth the money?','','["exam preparation", "grant applications", "career planning"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
INSERT INTO "sign_up" VALUES(209,3,209,'mentee','placed',111,'placed',NULL,NULL,'2026-11-22 03:25:39.638337',NULL,'I have two job offers in different cities: what would you look at first?','','["moving country", "grant applications", "leading a team"]','[]','[]','2026-11-22 03:25:39.638337','2026-11-22 03:25:39.638337');
CREATE TABLE stage (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	CONSTRAINT pk_stage PRIMARY KEY (id), 
	CONSTRAINT fk_stage_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_stage_event_id_key UNIQUE (event_id, "key")
);
INSERT INTO "stage" VALUES(1,1,0,'student','Student');
INSERT INTO "stage" VALUES(2,1,1,'resident','Resident or trainee');
INSERT INTO "stage" VALUES(3,1,2,'fellow','Fellow or early career');
INSERT INTO "stage" VALUES(4,1,3,'mid_career','Mid career');
INSERT INTO "stage" VALUES(5,1,4,'senior','Senior');
INSERT INTO "stage" VALUES(6,2,0,'student','Student');
INSERT INTO "stage" VALUES(7,2,1,'resident','Resident or trainee');
INSERT INTO "stage" VALUES(8,2,2,'fellow','Fellow or early career');
INSERT INTO "stage" VALUES(9,2,3,'mid_career','Mid career');
INSERT INTO "stage" VALUES(10,2,4,'senior','Senior');
INSERT INTO "stage" VALUES(11,3,0,'student','Student');
INSERT INTO "stage" VALUES(12,3,1,'resident','Resident or trainee');
INSERT INTO "stage" VALUES(13,3,2,'fellow','Fellow or early career');
INSERT INTO "stage" VALUES(14,3,3,'mid_career','Mid career');
INSERT INTO "stage" VALUES(15,3,4,'senior','Senior');
CREATE TABLE topic (
	id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_topic PRIMARY KEY (id), 
	CONSTRAINT fk_topic_event_id_event FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE, 
	CONSTRAINT uq_topic_event_id_name UNIQUE (event_id, name)
);
INSERT INTO "topic" VALUES(1,1,0,'clinical reasoning','canonical');
INSERT INTO "topic" VALUES(2,1,1,'research methods','canonical');
INSERT INTO "topic" VALUES(3,1,2,'curriculum design','canonical');
INSERT INTO "topic" VALUES(4,1,3,'assessment','canonical');
INSERT INTO "topic" VALUES(5,1,4,'simulation teaching','canonical');
INSERT INTO "topic" VALUES(6,1,5,'exam preparation','canonical');
INSERT INTO "topic" VALUES(7,1,6,'applying for residency','contextual');
INSERT INTO "topic" VALUES(8,1,7,'writing a first paper','contextual');
INSERT INTO "topic" VALUES(9,1,8,'grant applications','contextual');
INSERT INTO "topic" VALUES(10,1,9,'academic promotion','contextual');
INSERT INTO "topic" VALUES(11,1,10,'career planning','contextual');
INSERT INTO "topic" VALUES(12,1,11,'leading a team','contextual');
INSERT INTO "topic" VALUES(13,1,12,'speaking up','personal');
INSERT INTO "topic" VALUES(14,1,13,'work-life balance','personal');
INSERT INTO "topic" VALUES(15,1,14,'parenthood and training','personal');
INSERT INTO "topic" VALUES(16,1,15,'moving country','personal');
INSERT INTO "topic" VALUES(17,2,0,'clinical reasoning','canonical');
INSERT INTO "topic" VALUES(18,2,1,'research methods','canonical');
INSERT INTO "topic" VALUES(19,2,2,'curriculum design','canonical');
INSERT INTO "topic" VALUES(20,2,3,'assessment','canonical');
INSERT INTO "topic" VALUES(21,2,4,'simulation teaching','canonical');
INSERT INTO "topic" VALUES(22,2,5,'exam preparation','canonical');
INSERT INTO "topic" VALUES(23,2,6,'applying for residency','contextual');
INSERT INTO "topic" VALUES(24,2,7,'writing a first paper','contextual');
INSERT INTO "topic" VALUES(25,2,8,'grant applications','contextual');
INSERT INTO "topic" VALUES(26,2,9,'academic promotion','contextual');
INSERT INTO "topic" VALUES(27,2,10,'career planning','contextual');
INSERT INTO "topic" VALUES(28,2,11,'leading a team','contextual');
INSERT INTO "topic" VALUES(29,2,12,'speaking up','personal');
INSERT INTO "topic" VALUES(30,2,13,'work-life balance','personal');
INSERT INTO "topic" VALUES(31,2,14,'parenthood and training','personal');
INSERT INTO "topic" VALUES(32,2,15,'moving country','personal');
INSERT INTO "topic" VALUES(33,3,0,'clinical reasoning','canonical');
INSERT INTO "topic" VALUES(34,3,1,'research methods','canonical');
INSERT INTO "topic" VALUES(35,3,2,'curriculum design','canonical');
INSERT INTO "topic" VALUES(36,3,3,'assessment','canonical');
INSERT INTO "topic" VALUES(37,3,4,'simulation teaching','canonical');
INSERT INTO "topic" VALUES(38,3,5,'exam preparation','canonical');
INSERT INTO "topic" VALUES(39,3,6,'applying for residency','contextual');
INSERT INTO "topic" VALUES(40,3,7,'writing a first paper','contextual');
INSERT INTO "topic" VALUES(41,3,8,'grant applications','contextual');
INSERT INTO "topic" VALUES(42,3,9,'academic promotion','contextual');
INSERT INTO "topic" VALUES(43,3,10,'career planning','contextual');
INSERT INTO "topic" VALUES(44,3,11,'leading a team','contextual');
INSERT INTO "topic" VALUES(45,3,12,'speaking up','personal');
INSERT INTO "topic" VALUES(46,3,13,'work-life balance','personal');
INSERT INTO "topic" VALUES(47,3,14,'parenthood and training','personal');
INSERT INTO "topic" VALUES(48,3,15,'moving country','personal');
CREATE TABLE wish (
	id INTEGER NOT NULL, 
	sign_up_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	target VARCHAR NOT NULL, 
	target_canonical VARCHAR NOT NULL, 
	weight INTEGER NOT NULL, 
	CONSTRAINT pk_wish PRIMARY KEY (id), 
	CONSTRAINT fk_wish_sign_up_id_sign_up FOREIGN KEY(sign_up_id) REFERENCES sign_up (id) ON DELETE CASCADE
);
INSERT INTO "wish" VALUES(18,34,'wish','teng.yuan.zhi.zi@example.org','teng.yuan.zhi.zi@example.org',1);
INSERT INTO "wish" VALUES(19,34,'wish','nikoliuk.marta.amvrosiiovna@example.org','nikoliuk.marta.amvrosiiovna@example.org',1);
INSERT INTO "wish" VALUES(40,45,'wish','jynt.klitaajii@example.org','jynt.klitaajii@example.org',1);
INSERT INTO "wish" VALUES(41,45,'wish','oskar.lind@example.org','oskar.lind@example.org',1);
INSERT INTO "wish" VALUES(65,73,'wish','aleksandra.stiffel@example.org','aleksandra.stiffel@example.org',1);
INSERT INTO "wish" VALUES(66,73,'wish','alkinoe.kassotake@example.org','alkinoe.kassotake@example.org',1);
INSERT INTO "wish" VALUES(79,81,'wish','gabriela.buresova@example.org','gabriela.buresova@example.org',1);
INSERT INTO "wish" VALUES(80,81,'wish','alkinoe.kassotake@example.org','alkinoe.kassotake@example.org',1);
INSERT INTO "wish" VALUES(94,89,'wish','aleksandra.stiffel@example.org','aleksandra.stiffel@example.org',1);
INSERT INTO "wish" VALUES(95,89,'wish','agueda.castejon.amaya@example.org','agueda.castejon.amaya@example.org',1);
INSERT INTO "wish" VALUES(114,159,'wish','ruzena.petrova@example.org','ruzena.petrova@example.org',1);
INSERT INTO "wish" VALUES(115,159,'wish','connor.lee@example.org','connor.lee@example.org',1);
INSERT INTO "wish" VALUES(134,169,'wish','maanniiy.nikhilaa.mnddl@example.org','maanniiy.nikhilaa.mnddl@example.org',1);
INSERT INTO "wish" VALUES(135,169,'wish','sidar.atanur.aslan@example.org','sidar.atanur.aslan@example.org',1);
INSERT INTO "wish" VALUES(154,179,'wish','mason.willems@example.org','mason.willems@example.org',1);
INSERT INTO "wish" VALUES(155,179,'wish','anna.maria.zagozda@example.org','anna.maria.zagozda@example.org',1);
INSERT INTO "wish" VALUES(173,189,'wish','philip.horgan@example.org','philip.horgan@example.org',1);
INSERT INTO "wish" VALUES(174,189,'wish','chloe.o.brien@example.org','chloe.o.brien@example.org',1);
INSERT INTO "wish" VALUES(192,199,'wish','mason.willems@example.org','mason.willems@example.org',1);
INSERT INTO "wish" VALUES(193,199,'wish','ban.ben.yu.mei.zi@example.org','ban.ben.yu.mei.zi@example.org',1);
INSERT INTO "wish" VALUES(212,209,'wish','timoteo.valero.paredes@example.org','timoteo.valero.paredes@example.org',1);
INSERT INTO "wish" VALUES(213,209,'wish','sidar.atanur.aslan@example.org','sidar.atanur.aslan@example.org',1);
CREATE INDEX ix_attempt_key_at ON attempt ("key", at);
CREATE INDEX ix_event_organisation_id ON event (organisation_id);
CREATE INDEX ix_organiser_organisation_id ON organiser (organisation_id);
CREATE INDEX ix_audit_entry_event_id ON audit_entry (event_id);
CREATE INDEX ix_audit_entry_organisation_id ON audit_entry (organisation_id);
CREATE INDEX ix_person_event_id ON person (event_id);
CREATE INDEX ix_outbox_message_due ON outbox_message (state, next_attempt_at);
CREATE INDEX ix_outbox_message_event_id ON outbox_message (event_id);
CREATE INDEX ix_outbox_message_order ON outbox_message (order_key, id);
CREATE INDEX ix_outbox_message_person_id ON outbox_message (person_id);
CREATE INDEX ix_plan_run_event_id ON plan_run (event_id);
CREATE INDEX ix_sign_up_event_role_state ON sign_up (event_id, role, state);
CREATE INDEX ix_scheduled_seat_schedule_id ON scheduled_seat (schedule_id);
CREATE INDEX ix_scheduled_seat_sign_up_id ON scheduled_seat (sign_up_id);
CREATE INDEX ix_wish_sign_up_id ON wish (sign_up_id);
CREATE INDEX ix_wish_target_canonical ON wish (target_canonical);
COMMIT;
