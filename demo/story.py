"""The crisis that the demonstration plays. Written for it, after the night of 15 November 2022, when a missile killed two
people in a Polish village near the border and the calls to the other side were not answered. Nobody said these words."""

W, M = "W", "M"


class Say:
    """One letter. `to` is a post of the other side; `name` is what later steps call it by."""

    def __init__(self, mark, to, precedence, text, language, name=None):
        self.mark, self.to, self.precedence, self.text, self.language, self.name = mark, to, precedence, text, language, name


class Ask:
    """A request for a contact of the two chiefs, in two hours or so."""

    def __init__(self, mark, post, medium, subject, name):
        self.mark, self.post, self.medium, self.subject, self.name = mark, post, medium, subject, name


class Act:
    """What a side states about the letter or the request of that name: a command, and what comes behind the name."""

    def __init__(self, mark, command, name, *behind):
        self.mark, self.command, self.name, self.behind = mark, command, name, behind


class Do:
    """Something that happens to the line: 'cut', 'heal', 'kill' or 'restart', and what to say of it."""

    def __init__(self, what, words):
        self.what, self.words = what, words


STORY = [
    Do("tell", "before the war: calls are asked for, week after week. Here every one of them ends on the record of both"),
    Ask(W, "m-cgs", "voice", "The movements near the border", "first"),
    Act(M, "decline", "first", "--reason", "not-now"),
    Ask(W, "m-cgs", "voice", "The same, a week later", "second"),
    Act(M, "not-yet", "second", "--awaiting", "m-mod"),
    Act(W, "withdraw", "second"),
    Do("tell", "the night of the missile"),
    Say(W, "m-cgs", "FLASH",
        "At 15:40 local time a missile struck a grain store in Przewodow, Poland, 6 km from the border. Two people are dead. "
        "We do not know yet whose missile it was. We draw no conclusion and ask you to draw none. What do you see?", "en", "missile"),
    Act(M, "take", "missile"),
    Act(M, "hold", "missile"),
    Say(W, "m-watch", "PRIORITY",
        "For your chief: our aircraft over eastern Poland are on patrol only. None will come within 40 km of the border tonight.", "en"),
    Act(M, "lay", "missile"),
    Do("cut", "a digger cuts the cable"),
    Say(M, "w-cjcs", "FLASH",
        "Наши средства не применялись в пределах 35 км от этого места. Пуски вчера в 15:20–15:50 шли по целям восточнее. "
        "Предлагаем обменяться данными радиолокации через дежурные смены.", "ru"),
    Say(W, "m-watch", "ROUTINE", "Line test. If you read this, the line has been mended and nothing was lost while it was down.", "en"),
    Do("heal", "the cable is spliced"),
    Say(W, "m-cgs", "IMMEDIATE",
        "Received. Our first tracks agree: an air-defence missile that missed its target, not fired by you. We shall say so in public "
        "within the hour. We are not raising the readiness of any force.", "en"),
    Do("kill", "the power fails at Moscow's station (kill -9)"),
    Say(W, "m-cgs", "IMMEDIATE",
        "Agreed: radar data between the watches, every 30 minutes until both chiefs end it. Our first set follows on this line.", "en"),
    Say(W, "m-watch", "PRIORITY", "First set: three tracks, 15:31 to 15:44, as plotted by our watch. Please confirm that you can read it.", "en"),
    Do("restart", "the power is back"),
    Say(M, "w-watch", "PRIORITY", "Станция восстановлена. Прочитано всё, что пришло за время отключения. Три трассы подтверждаем.", "ru"),
    Ask(M, "w-cjcs", "text", "The radar tracks", "session"),
    Act(W, "contact accept", "session"),
    Act(W, "contact open", "session"),
    Act(M, "contact open", "session"),
    Act(W, "contact say", "session", "Our last track ends at 15:44. Do you see anything later?"),
    Act(M, "contact say", "session", "--lang", "ru", "Нет. После 15:44 ничего."),
    Act(M, "contact close", "session"),
    Act(M, "answer", "missile", "--lang", "ru", "Случай выяснен: это не наша ракета."),
    Say(M, "w-cjcs", "IMMEDIATE", "Спасибо. Считаем случай выясненным. Контакт дежурных смен продолжается.", "ru"),
    Say(W, "m-cgs", "ROUTINE", "So do we. This exchange is on both our records, signed. Good night.", "en"),
]
