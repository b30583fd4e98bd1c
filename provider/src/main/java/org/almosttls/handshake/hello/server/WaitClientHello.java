package org.almosttls.handshake.hello.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.server.ClientOffer;
import org.almosttls.handshake.tls12.server.WaitSelection;
import org.almosttls.message.ClientHello;

/** No hello has come yet; the client's offer decides the version (RFC 5246 §E.1), and with it who goes on. */
public record WaitClientHello(TlsConfig config, Past past) implements HandshakeState {

    private static final byte NULL_COMPRESSION = 0;

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof ClientHello hello) return onClientHello(hello, in);
        throw unexpected(in);
    }

    private Transition onClientHello(ClientHello hello, Received in) throws TlsAlertException {
        Violation.DUPLICATE_EXTENSION.when(hello.extensions().hasDuplicates());
        var choice = new VersionChoice(config.versions(), hello);
        var rules = choice.rules();
        requireNullCompression(hello.compressionMethods());
        var offer = new ClientOffer(rules, hello, past, choice.mark(rules));
        return WaitSelection.begin(rules.within(config), offer, in.bytes());
    }

    /** RFC 5246 §7.4.1.2: the list must contain the null method, and all implementations must support it. */
    private static void requireNullCompression(byte[] methods) throws TlsAlertException {
        for (byte method : methods) if (method == NULL_COMPRESSION) return;
        throw Violation.COMPRESSION_REQUIRED.exception();
    }
}
