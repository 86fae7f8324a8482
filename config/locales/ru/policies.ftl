# Что кому обещано.

policies = Обещания
policies-text = Каждое обращение получает первое обещание из списка, которое ему подходит. Рабочие часы считаются по календарю команды.
policies-policy = Обещание
policies-add = Добавить обещание
policies-new-text = Новое обещание проверяется раньше остальных, если при этом и им что-то остаётся. Потом его можно переставить.
policies-name = Название
policies-promised = Что обещаем
policies-promised-text = Рабочие часы идут, пока команда работает. Дни – обычные, календарные.
policies-promise = { $target }: { $length }
policies-first_response = Первый ответ
policies-next_response = Следующий ответ
policies-resolution = Решение
policies-tell_back = Рассказать об итоге
policies-hours =
    { $n ->
        [one] { $n } рабочий час
        [few] { $n } рабочих часа
        [many] { $n } рабочих часов
       *[other] { $n } рабочих часа
    }
policies-days =
    { $n ->
        [one] { $n } день
        [few] { $n } дня
        [many] { $n } дней
       *[other] { $n } дня
    }
policies-unit = Единица
policies-unit-h = рабочие часы
policies-unit-d = дни
policies-span-wrong = Введите число больше нуля: часы можно с дробью, дни – целые. Самое большее – десять лет.
policies-open = Сейчас открыто
policies-open-apart = не показываем
policies-counted = Посчитано среди { $n } открытых обращений.
policies-order = Порядок
policies-up = Выше
policies-down = Ниже
policies-not-for-all = Нет обещания, которое подходит всем. Если обращению ничего не подошло, ответ обещан за 5 дней, решение – за 30.
policies-too-many = Больше { $max } обещаний не удержать в голове. Лучше измените одно из архивных.

policies-criteria = Для каких обращений
policies-criteria-text = Должно совпасть всё, что вы выберете. Если не выбирать ничего, обещание подойдёт всем обращениям, которым не подошли предыдущие.
policies-everyone = Все остальные обращения
policies-any = Не важно
policies-kind = Вид
policies-voice = Кто говорит
policies-severity = Серьёзность
policies-severity-low = Низкая серьёзность
policies-severity-normal = Обычная серьёзность
policies-severity-high = Высокая серьёзность
policies-severity-critical = Критично
policies-topic = Тема
policies-channel = Канал
policies-segment = Сегмент
policies-word-hint = пусто – любой
policies-same = Обещание «{ $other }» – ровно для тех же обращений. Измените его или выберите другие обращения.
policies-left-nothing = Ему ничего не останется: «{ $other }» проверяется раньше и подходит всем этим обращениям.
policies-leaves-nothing = Тогда обещанию «{ $other }» ничего не останется: оно идёт позже, и все его обращения будут уже заняты.

policies-alerts = Пока срок не вышел и после
policies-warn = Предупредить ответственного
policies-warn-hint = когда пройдёт столько процентов срока
policies-lead = Сообщить руководителю команды
policies-after-breach = через столько времени после нарушенного срока
policies-head = Сообщить руководителю выше
policies-apart = Отдельно от других: эти обращения видят только их команда и ответственный
policies-apart-tag = Отдельно

policies-archived = В архиве
policies-archived-tag = В архиве
policies-archive = В архив
policies-archive-text = Из архива обещание никому не даётся. Открытые обращения перейдут к следующему подходящему.
policies-restore = Вернуть из архива
policies-restore-text = Обещание в архиве и никому не даётся.

policies-presets = Готовые
policies-choose = Выберите
policies-preset-iso_10002 = Жалобы по ISO 10002
policies-preset-iso-text = Человек отвечает за рабочий день, автор жалобы всегда знает, что с ней, а о решении узнаёт сразу. Заменит обещание, которое действует для всех жалоб.
policies-preset-speak_up = Сообщения о нарушениях
policies-preset-speak-up-text = Отдельная тема для сообщений о нарушениях: подтверждаем за 7 дней, рассказываем об итоге за 3 месяца, видят их только те, кто разбирается. Всё попадёт в выбранную команду.
policies-preset-team-hint = кто разбирается с сообщениями
policies-preset-team = Выберите команду, которая будет разбираться с сообщениями.
policies-preset-no-team = Сначала добавьте для этого команду
policies-preset-added = Добавили. Меняйте, как вам нужно.
policies-preset-there = Такое обещание уже есть.
policies-preset-taken = Обещание с таким названием уже есть, возможно, в архиве. Сначала переименуйте его.
