package org.almosttls.schedules;

/**
 * What one seed decides about a run as a whole; the rest is decided call by call.
 *
 * @param steps how many calls chance makes, before both ends do what they are asked to
 * @param fromClient octets of data
 * @param fromServer octets of data
 * @param renewals how often an end asks for new keys, or for another handshake
 * @param at the step at which it goes wrong, or the octet
 * @param byClient whether the client is who does it, or whose octets they are
 * @param clientFirst whether the client is the first to close
 * @param crowded whether each end has a thread that reads and one that writes, which chance in the seed does not decide
 */
record Plan(
        long seed,
        Setting setting,
        int steps,
        int fromClient,
        int fromServer,
        int renewals,
        Trouble trouble,
        int at,
        boolean byClient,
        boolean clientFirst,
        boolean crowded) {

    /** What goes wrong, if anything. */
    enum Trouble {
        NONE,
        /** An end closes when it likes. */
        EARLY_CLOSE,
        /** An end is told that no more will come. */
        EARLY_END,
        /** An octet is another one when it arrives. */
        CORRUPTION,
        /** What comes after some octet never arrives. */
        TRUNCATION
    }

    private static final int MOST_DATA = 100_000;

    static Plan of(long seed) {
        var draw = new Draw(seed, -1);
        var setting = Setting.of(draw);
        var trouble = draw.oneIn(2)
                ? Trouble.NONE
                : draw.of(
                        Trouble.EARLY_CLOSE,
                        Trouble.EARLY_CLOSE,
                        Trouble.EARLY_END,
                        Trouble.CORRUPTION,
                        Trouble.TRUNCATION);
        int steps = draw.of(0, draw.below(60), draw.below(400), draw.below(1500));
        return new Plan(
                seed,
                setting,
                steps,
                draw.amount(MOST_DATA),
                draw.amount(MOST_DATA),
                draw.oneIn(2) ? 0 : draw.from(1, setting.isTls13() ? 12 : 3),
                trouble,
                draw.below(isByOctet(trouble) ? 12_000 : Math.max(1, steps)),
                draw.oneIn(2),
                draw.oneIn(2),
                draw.oneIn(4));
    }

    private static boolean isByOctet(Trouble trouble) {
        return trouble == Trouble.CORRUPTION || trouble == Trouble.TRUNCATION;
    }

    /** Whether calls may fail that are right by themselves. */
    boolean mayFail() {
        return trouble != Trouble.NONE && trouble != Trouble.EARLY_CLOSE;
    }

    boolean isCrowded() {
        return crowded && trouble != Trouble.EARLY_END && !setting.isRefused();
    }

    void disturb(Wire toServer, Wire toClient) {
        var wire = byClient ? toServer : toClient;
        if (trouble == Trouble.CORRUPTION) wire.corruptAt(at);
        if (trouble == Trouble.TRUNCATION) wire.cutAt(at);
    }

    /** The connection before this one, with which nothing happens. */
    Plan beforehand() {
        return new Plan(seed, setting, 0, 100, 100, 0, Trouble.NONE, 0, true, clientFirst, false);
    }
}
