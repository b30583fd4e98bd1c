package org.almosttls.handshake.tls13.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.PskIdentity;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Tls13Suite;

/** RFC 8446 §4.2.11: how a client offers to go on with a session, by the ticket it has. */
public final class OfferedSession {

    private OfferedSession() {}

    /** RFC 8446 §4.6.1: by a suite with the same hash, with whom the session began, and while the ticket lives. */
    public static boolean fits(
            ResumableSession known, ProtocolVersion version, List<CipherSuite> suites, TlsConfig config) {
        return known.isForOneUse()
                && known.session().version().equals(version)
                && suites.stream().anyMatch(suite -> hashOf(suite).equals(hashOf(known)))
                && isAlive(known, config.clock().now());
    }

    /** RFC 8446 §4.2.11.1: clients must not use tickets that are older than their lifetime. */
    private static boolean isAlive(ResumableSession known, Instant now) {
        return known.ticket().flatMap(Ticket::until).filter(now::isBefore).isPresent();
    }

    static Optional<HashAlgorithm> hashOf(ResumableSession known) {
        return hashOf(known.session().cipherSuite());
    }

    private static Optional<HashAlgorithm> hashOf(CipherSuite suite) {
        return Tls13Suite.of(suite).map(Tls13Suite::hash);
    }

    /** The hello with the session offered in it, and in place of its binder one that is only as long. */
    public static ClientHello in(ClientHello hello, ResumableSession known, TlsConfig config) {
        var ticket = known.ticket().orElseThrow();
        var age = ticket.age().map(it -> it.obfuscated(config.clock().now())).orElse(0L);
        var binder = new byte[hashOf(known).orElseThrow().length()];
        return with(hello, new OfferedPreSharedKeys(List.of(new PskIdentity(ticket.octets(), age)), List.of(binder)));
    }

    /**
     * RFC 8446 §4.2.11.2: the hello, whose last extension offers the session, with the right binder.
     *
     * @param before what was said before it: nothing, or another hello and HelloRetryRequest
     */
    public static EncodedMessage bound(ClientHello hello, Transcript before, ResumableSession known, TlsConfig config) {
        var offered = hello.extensions().find(OfferedPreSharedKeys.class).orElseThrow();
        var hkdf = new Hkdf(config.crypto(), hashOf(known).orElseThrow());
        var truncated = before.plus(EncodedMessage.of(hello).bytes()).truncated(offered.bindersLength());
        try (var early = EarlySecret.of(hkdf, known.master());
                var key = early.resumptionBinderKey()) {
            byte[] binder = key.verifyData(truncated.hash(config.crypto(), hkdf.hash()));
            return EncodedMessage.of(
                    with(without(hello), new OfferedPreSharedKeys(offered.identities(), List.of(binder))));
        }
    }

    private static ClientHello without(ClientHello hello) {
        return with(hello, hello.extensions().all().stream().filter(each -> !(each instanceof OfferedPreSharedKeys)));
    }

    /** RFC 8446 §4.2.11: the last of all. */
    private static ClientHello with(ClientHello hello, OfferedPreSharedKeys last) {
        return with(hello, Stream.concat(hello.extensions().all().stream(), Stream.of(last)));
    }

    private static ClientHello with(ClientHello hello, Stream<? extends Extension> extensions) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuites(),
                hello.compressionMethods(),
                Extensions.of(extensions.<Extension>map(each -> each).toList()));
    }
}
