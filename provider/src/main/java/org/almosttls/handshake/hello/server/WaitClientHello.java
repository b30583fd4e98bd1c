package org.almosttls.handshake.hello.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.handshake.tls12.Past;
import org.almosttls.handshake.tls12.server.ClientOffer;
import org.almosttls.handshake.tls12.server.WaitSelection;
import org.almosttls.handshake.tls13.server.WaitNegotiation;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CompressionMethod;

/** No hello has come yet; the client's offer decides the version (RFC 5246 §E.1), and with it who goes on. */
public record WaitClientHello(TlsConfig config, Past past) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof ClientHello hello) return onClientHello(hello, in);
        throw unexpected(in);
    }

    private Transition onClientHello(ClientHello hello, Received in) throws TlsAlertException {
        Violation.DUPLICATE_EXTENSION.when(hello.extensions().hasDuplicates());
        var choice = new VersionChoice(config, hello);
        var newest = choice.newest();
        if (newest.isPresent())
            return WaitNegotiation.begin(config, past.renewal().next(), newest.get(), hello, in);
        var rules = choice.rules();
        // RFC 5246 §7.4.1.2: the list must contain the null method, and all implementations must support it.
        Violation.COMPRESSION_REQUIRED.unless(Compression.isAmong(hello, CompressionMethod.NULL));
        var offer = new ClientOffer(rules, hello, past, choice.mark(rules));
        return WaitSelection.begin(rules.within(config), offer, in.bytes());
    }
}
