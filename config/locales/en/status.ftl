# How the product is: for whoever runs it.

status-title = How it runs
status-well = All is well.
status-well-text = Mail goes out, and deadlines are watched.
status-well-backup = The last backup was checked: it can be restored.
status-alarms = Please look at this
status-said = What was said:
status-figures = Now
status-mails-waiting = Mails waiting
status-oldest = The oldest is from
status-depth = Mails by state
status-quarantined = Incoming mails waiting for you
status-swept = Deadlines last looked at
status-size = Size of the database
status-last-backup = Last good backup
status-none-yet = none yet
status-never = not yet
status-backups = Backups
status-backups-off = No backups are made by themselves (backup.enabled is off). Please make sure something else makes them.
status-backups-none = No backup yet
status-backups-none-text = The first is made a minute after the start, then at its hour.
status-backup = Backup
status-backup-size = Size
status-backup-state = State
status-backup-where = Where
status-backup-good = Checked
status-backup-running = Being made
status-backup-percent = { $percent } %
status-backup-failed = Failed
status-backup-interrupted = Interrupted
status-backup-by-hand = by hand
status-backup-holds = { $n ->
    [one] { $n } piece of feedback
   *[other] { $n } pieces of feedback
}
status-nodes = Processes
status-nodes-none = No process has said that it is there.
status-node-here = this one
status-node-works = pages and background work
status-node-serves = pages only
status-node-stopping = stopping
status-node-gone = gone
status-node-seen = Last seen
status-node-started = Running since
status-node-jobs = Jobs
status-job = Job
status-job-last = Last time
status-job-state = State
status-job-running = running
status-job-ok = in order
status-job-failing = failing
status-job-error = Last failure { $at }:

job-outbox = Send mail
job-replies = Send replies
job-council = Prepare the council
job-sweep = Watch deadlines
job-changes = Bring back deferred changes
job-rules = Follow changed rules
job-inbound-mail = Read incoming mail
job-rate-limits = Forget old rate limits
job-tidy = Tidy up
job-backup = Back up
job-node = Report in

# Alarms: what is wrong, and what to do. $since may be empty only where the text does not use it.

alarm-database-title = The database cannot work
alarm-database-text = Nothing can be saved until this is repaired: { $place }. Free some disk space or start the database again; everything then goes on by itself.
alarm-mail_stopped-title = No mail has been sent since { $since }
alarm-mail_stopped-text = The mail server refuses us, and waiting will not help. Check user, password and certificate in mail.url and start again. Nothing is lost: all mails wait.
alarm-mail_unreachable-title = The mail server has not answered since { $since }
alarm-mail_unreachable-text = We keep trying and nothing is lost. Check that the server in mail.url runs and can be reached from { $place }.
alarm-mail_late-title = Mail has been waiting to go out since { $since }
alarm-mail_late-text = Mail that is due should leave within seconds. Look at the outbox to see what is in the way.
alarm-no_worker-title = Nobody does the background work
alarm-no_worker-text = No mail is sent, no deadline watched and no backup made. Start “heard work”, or “heard serve” without --no-workers.
alarm-node_gone-title = A process on { $place } has not been seen since { $since }
alarm-node_gone-text = It was killed or lost the database. If that was you, this line goes within the hour; if not, look at its log.
alarm-job_failing-title = “{ $place }” has failed since { $since }
alarm-job_failing-text = It is tried again and again. If it does not go away by itself, look at the log.
alarm-sweep_late-title = Deadlines have not been watched since { $since }
alarm-sweep_late-text = Warnings about cases come too late. Check that a process does the background work and is not overloaded.
alarm-backup_failed-title = The backup of { $since } failed
alarm-backup_failed-text = It is tried again every 15 minutes; older backups are kept. Check the room in the backup folder and, with PostgreSQL, that pg_dump is installed.
alarm-backup_old-title = There is no recent backup
alarm-backup_old-text = Two backups in a row are missing. Check that a process does the background work, or run “heard backup”.
alarm-mailbox_unread-title = The mailbox has not been read since { $since }
alarm-mailbox_unread-text = Incoming mail waits on the mail server. Check inbound.imap_url and its password.

# What keeps the database from working.

outage-database_gone = it does not answer
outage-disk_full = its disk is full
outage-database_read_only = it is read-only
outage-database_busy = another program has held it for too long
outage-database_broken = its disk fails or its files are damaged
