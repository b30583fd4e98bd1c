package org.almosttls.handshake.tls13.server;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.registry.ExtensionType;

/**
 * The client was asked for another hello (RFC 8446 §4.1.4).
 *
 * @param seen HelloRetryRequest and what stands for the first hello
 */
record WaitSecondClientHello(ClientOffer first, Transcript seen, ClientOffer.Retried retried)
        implements DuringHandshake {

    /** RFC 8446 §4.1.2: what may be another one in a second hello, be added or be left out. */
    private static final Set<ExtensionType> MAY_CHANGE = Set.of(
            ExtensionType.KEY_SHARE,
            ExtensionType.EARLY_DATA,
            ExtensionType.COOKIE,
            ExtensionType.PRE_SHARED_KEY,
            ExtensionType.PADDING);

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ClientHello hello)) throw unexpected(in);
        Violation.DUPLICATE_EXTENSION.when(hello.extensions().hasDuplicates());
        // RFC 8446 §4.2.10: a client must not include early_data in its followup ClientHello.
        Violation.SECOND_HELLO_DIFFERS.when(hello.extensions().has(ExtensionType.EARLY_DATA));
        Violation.SECOND_HELLO_DIFFERS.unless(Arrays.equals(whatStays(first.hello()), whatStays(hello)));
        var transcript = seen.plus(in.bytes());
        return WaitNegotiation.begin(
                new ClientOffer(first.config(), first.version(), hello, transcript, Optional.of(retried), first.next()),
                in);
    }

    /** RFC 8446 §4.1.2: all that must be the same, as it is encoded. */
    private static byte[] whatStays(ClientHello hello) {
        var kept = hello.extensions().all().stream()
                .filter(extension -> !MAY_CHANGE.contains(extension.type()))
                .toList();
        return EncodedMessage.of(hello.with(kept)).bytes();
    }
}
