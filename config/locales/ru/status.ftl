# Как работает продукт: для тех, кто за него отвечает.

status-title = Состояние системы
status-well = Всё в порядке.
status-well-text = Письма уходят, сроки под контролем.
status-well-backup = Последняя копия проверена: из неё можно восстановить данные.
status-alarms = Обратите внимание
status-said = Что было сказано:
status-figures = Сейчас
status-mails-waiting = Писем в очереди
status-oldest = Самое старое от
status-depth = Письма по состояниям
status-quarantined = Входящие письма ждут вашего решения
status-swept = Сроки проверены
status-size = Размер базы данных
status-last-backup = Последняя исправная копия
status-none-yet = пока нет
status-never = ещё не проверялись
status-backups = Резервные копии
status-backups-off = Копии сами не делаются (backup.enabled выключен). Убедитесь, что их делает что-то другое.
status-backups-none = Копий пока нет
status-backups-none-text = Первая появится через минуту после запуска, дальше в назначенный час.
status-backup = Копия
status-backup-size = Размер
status-backup-state = Состояние
status-backup-where = Где лежит
status-backup-good = Проверена
status-backup-running = Делается
status-backup-percent = { $percent } %
status-backup-failed = Не получилась
status-backup-interrupted = Прервана
status-backup-by-hand = вручную
status-backup-holds = { $n ->
    [one] { $n } обращение
    [few] { $n } обращения
   *[many] { $n } обращений
}
status-nodes = Процессы
status-nodes-none = Пока ни один процесс не дал о себе знать.
status-node-here = этот
status-node-works = страницы и фоновая работа
status-node-serves = только страницы
status-node-stopping = останавливается
status-node-gone = пропал
status-node-seen = Отозвался
status-node-started = Работает с
status-node-jobs = Задачи
status-job = Задача
status-job-last = Последний раз
status-job-state = Состояние
status-job-running = идёт
status-job-ok = в порядке
status-job-failing = не получается
status-job-error = Последняя неудача { $at }:

job-outbox = Отправка писем
job-replies = Отправка ответов
job-council = Готовить заседания совета
job-sweep = Контроль сроков
job-changes = Возвращение отложенных изменений
job-rules = Применение новых правил
job-inbound-mail = Чтение входящих писем
job-rate-limits = Очистка ограничений
job-tidy = Уборка
job-backup = Резервная копия
job-node = Отметка о работе

# Что не так и что с этим делать.

alarm-database-title = База данных не может работать
alarm-database-text = Пока это не исправлено, ничего не сохраняется: { $place }. Освободите место на диске или запустите базу данных, дальше всё продолжится само.
alarm-mail_stopped-title = Письма не уходят с { $since }
alarm-mail_stopped-text = Почтовый сервер нам отказывает, само это не пройдёт. Проверьте имя, пароль и сертификат в mail.url и перезапустите программу. Ничего не потеряно: все письма ждут.
alarm-mail_unreachable-title = Почтовый сервер не отвечает с { $since }
alarm-mail_unreachable-text = Мы продолжаем попытки, ничего не потеряно. Проверьте, что сервер из mail.url работает и доступен с { $place }.
alarm-mail_late-title = Письма ждут отправки с { $since }
alarm-mail_late-text = Письмо должно уходить за секунды. Загляните в исходящие: там видно, что мешает.
alarm-no_worker-title = Фоновую работу никто не выполняет
alarm-no_worker-text = Письма не уходят, сроки не проверяются, копии не делаются. Запустите «heard work» или «heard serve» без --no-workers.
alarm-node_gone-title = Процесс на { $place } не отзывается с { $since }
alarm-node_gone-text = Его остановили принудительно, или он потерял базу данных. Если это сделали вы, строка исчезнет в течение часа; если нет, посмотрите журнал.
alarm-job_failing-title = Задача «{ $place }» не выполняется с { $since }
alarm-job_failing-text = Попытки продолжаются. Если само не пройдёт, посмотрите журнал.
alarm-sweep_late-title = Сроки не проверялись с { $since }
alarm-sweep_late-text = Предупреждения по обращениям опаздывают. Проверьте, что фоновая работа запущена и машина не перегружена.
alarm-backup_failed-title = Резервная копия от { $since } не получилась
alarm-backup_failed-text = Попытки повторяются каждые 15 минут, прежние копии на месте. Проверьте место в папке копий, а для PostgreSQL ещё и то, что установлен pg_dump.
alarm-backup_old-title = Свежей резервной копии нет
alarm-backup_old-text = Пропущены две копии подряд. Проверьте, что фоновая работа запущена, или выполните «heard backup».
alarm-mailbox_unread-title = Почтовый ящик не читается с { $since }
alarm-mailbox_unread-text = Входящие письма ждут на почтовом сервере. Проверьте inbound.imap_url и пароль.

# Что мешает базе данных.

outage-database_gone = она не отвечает
outage-disk_full = на её диске кончилось место
outage-database_read_only = она доступна только для чтения
outage-database_busy = её слишком долго занимает другая программа
outage-database_broken = отказывает диск или повреждены файлы
