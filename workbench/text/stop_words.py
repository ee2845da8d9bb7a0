"""Words that say little by themselves, in Russian and English: left out when words are counted.

Written for talks about services: besides pronouns, prepositions and conjunctions they hold the small
change of speech ("ну", "well"), but no word that could be a finding ("очередь", "never", "нельзя").
Folded (``text.fold``); English contractions are the pieces they fall into ("don", "t").
"""

from __future__ import annotations

from functools import cache, lru_cache

_RUSSIAN = """
а без бы был была были было быть в вам вами вас ваш ваша ваше вашего вашей вашем вашему вашим ваши ваших вашу
ведь весь вот во вроде все всего всей всем всеми всему всех всю вся всё вы где да даже для до его ее ей ему если
есть еще ещё её же за здесь и из или им ими их к как какая какие каким каких какого какой какое какую ко
когда который которая которое которые которого которой которым которых которому которую которыми кто ли либо лишь
между меня мне мной мною мой моя мое мои моего моей моем моему моим моими моих мою мы на над нам нами нас наш наша
наше наши нашего нашей нашем нашему нашим наших нашу него нее ней нем нему ним ними них но ну о об обо однако он
она они оно от ото перед по под подо поэтому при про просто раз с сам сама сами само самого самой самом самому
самим самих саму себе себя собой со так такая такие таким такими таких такого такое такой таком такому такую там
те тем теми тех то тобой тобою того тоже той только том тому тот ту тут ты у уж уже хотя чего чей чем через что
чтоб чтобы чуть чье чья эта эти этим этими этих это этого этой этом этому этот эту я
вообще значит короче типа собственно например кстати конечно ага угу ой эх ах ээ эээ мм ммм эм хм
буду будет будете будешь будем будут бывает не ни нет потом тогда теперь сейчас очень можно надо нужно нибудь кое свой своя свое свои своего своей своем своему своим своих
свою тебе тебя также потому поскольку зато причем притом т д е п тд тп др
"""

_ENGLISH = """
a about above after again all also am an and any are as at be because been before being below between both but by
can could did do does doing down during each else ever few for from further get gets getting got had has have having
he her here hers herself him himself his how i if in into is it its itself just like me more most my myself of off on
once one ones only or other our ours ourselves out over own rather really s same she should so some such t than that the their
theirs them themselves then there these they this those through to too under until up upon us very was we were what
when where which while who whom whose why will with would you your yours yourself yourselves
don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn mustn ain ll ve re d m
well oh ah um uh er erm hmm mm okay ok yeah yes no not actually basically kind sort thing things maybe anyway
"""

_LEMMAS = """
быть весь который какой такой свой мой твой наш ваш сам этот тот он она оно они мы вы ты я себя что кто чей один
"""
"""Dictionary forms all of whose forms say little."""


@cache
def stop_words() -> frozenset[str]:
    """Return the words of both languages, folded."""
    return frozenset((_RUSSIAN + _ENGLISH).replace("ё", "е").split())


@cache
def stop_lemmas() -> frozenset[str]:
    """Return dictionary forms that say little in all their forms, folded."""
    return frozenset(_LEMMAS.replace("ё", "е").split())


@lru_cache(maxsize=100_000)
def says_little(word: str) -> bool:
    """Tell whether a folded word is left out when words are counted; so is what is no word at all."""
    return word in stop_words() or not any(sign.isalpha() for sign in word)
