package org.almosttls.jsse;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.event.Endpoint;

/**
 * What AlmostTLSv1 is spoken on: a protocol that is there to be attacked has no place on a network.
 *
 * @param remote whether {@code almosttls.textbook.remote} allows peers that are not on this machine
 * @param loud told what to say to the user, each time the protocol is spoken; says it once
 */
public record TextbookTerms(BooleanSupplier remote, Consumer<String> loud) {

    /** The word that lets AlmostTLSv1 leave this machine. */
    public static final String REMOTE = "almosttls.textbook.remote";

    private static final String WARNING = "AlmostTLSv1, the textbook protocol, is spoken here. It is for learning:"
            + " whole connections can be replayed and their ends cut off unnoticed. Trust it with nothing.";

    /**
     * Returns only if AlmostTLSv1 may be spoken with this peer.
     *
     * @param address where the transport ends, if there is one that tells
     * @param meant who is meant to be there, with an empty host if that is not known
     * @throws TlsAlertException TEXTBOOK_PEER_ELSEWHERE
     */
    void admit(Optional<Endpoint> address, Endpoint meant) throws TlsAlertException {
        if (remote.getAsBoolean()) return;
        String host = address.map(Endpoint::host).orElse(meant.host());
        if (host.isEmpty()) throw refusal("an SSLEngine that was not told its peer's name could be at any");
        if (!isHere(host)) throw refusal(host + " is another");
    }

    private static TlsAlertException refusal(String which) {
        return Violation.TEXTBOOK_PEER_ELSEWHERE.exception(which + "; " + REMOTE + "=true allows it");
    }

    /** It is spoken now. */
    void say() {
        loud.accept(WARNING);
    }

    /** RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3; names are not looked up, since others decide on the answer. */
    private static boolean isHere(String host) {
        String name =
                host.toLowerCase(Locale.ROOT).replaceFirst("^\\[(.*)]$", "$1").replaceFirst("\\.$", "");
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("(::ffff:)?127(\\.\\d{1,3}){3}")
                || name.matches("(0{0,4}:){7}0{0,3}1(%.*)?|::1");
    }
}
