drop table backups;
drop table nodes;
drop table mail_domains;
drop table undeliverable;
alter table outbox drop column tries;
alter table people drop column mail_paused_until;
alter table people drop column notice_ended_at;
alter table people drop column received_ended_at;
