package org.almosttls.handshake.tls13.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.config.ExternalKey;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.Secret;
import org.almosttls.extension.Extension;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.PskIdentity;
import org.almosttls.handshake.tls13.Acquaintance;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.FinishedKey;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.Tls13Suite;

/** RFC 8446 §4.2.11: the pre-shared keys that a client offers: a session's first, then those shared by other means. */
public record OfferedKeys(Optional<ResumableSession> session, List<ExternalKey> externals) implements AutoCloseable {

    public static final OfferedKeys NONE = new OfferedKeys(Optional.empty(), List.of());

    /** One of them, in the order in which they are offered. */
    record OfferedKey(Acquaintance by, Secret secret, HashAlgorithm hash) {}

    /** The session, if it is one of TLS 1.3, and those of the configuration that one of these suites goes with. */
    public static OfferedKeys of(Optional<ResumableSession> known, List<CipherSuite> suites, TlsConfig config) {
        var hashes = hashesOf(suites);
        var usable = new ArrayList<ExternalKey>();
        for (var key : config.credentials().externalKeys()) {
            if (hashes.contains(key.hash())) usable.add(key);
            else key.close();
        }
        return new OfferedKeys(known.filter(ResumableSession::isForOneUse), List.copyOf(usable));
    }

    static Set<HashAlgorithm> hashesOf(List<CipherSuite> suites) {
        return suites.stream()
                .flatMap(suite -> Tls13Suite.of(suite).stream())
                .map(Tls13Suite::hash)
                .collect(Collectors.toSet());
    }

    public boolean isEmpty() {
        return session.isEmpty() && externals.isEmpty();
    }

    private List<OfferedKey> all() {
        var ofSession = session.stream()
                .map(known -> new OfferedKey(
                        Acquaintance.from(known.session()), known.master(), OfferedSession.hashOf(known)));
        var others = externals.stream()
                .map(key -> new OfferedKey(Acquaintance.byKey(key.identity()), key.key(), key.hash()));
        return Stream.concat(ofSession, others).toList();
    }

    /** The one of this number, if there are so many. */
    Optional<OfferedKey> at(int number) {
        return all().stream().skip(number).findFirst();
    }

    /** The secret by which the ends know each other. */
    Secret secretOf(Acquaintance chosen, HashAlgorithm hash) {
        return all().stream()
                .filter(key -> key.hash == hash && key.by.equals(chosen))
                .findFirst()
                .orElseThrow()
                .secret();
    }

    /** RFC 8446 §4.1.4: those that go with a suite of this hash. */
    OfferedKeys ofHash(HashAlgorithm hash) {
        return new OfferedKeys(
                session.filter(known -> OfferedSession.hashOf(known) == hash),
                externals.stream().filter(key -> key.hash() == hash).toList());
    }

    /** Erases all that are not among {@code kept}. */
    void closeAllBut(OfferedKeys kept) {
        if (kept.session.isEmpty()) session.ifPresent(ResumableSession::close);
        externals.stream().filter(key -> !kept.externals.contains(key)).forEach(ExternalKey::close);
    }

    /** The hello with the keys offered in it, and in place of their binders some that are only as long. */
    public ClientHello in(ClientHello hello, TlsConfig config) {
        var identities = Stream.concat(
                        session.flatMap(ResumableSession::ticket).stream().map(ticket -> identity(ticket, config)),
                        // RFC 8446 §4.2.11: a key that is no ticket has no age.
                        externals.stream().map(key -> new PskIdentity(key.identity(), 0)))
                .toList();
        var binders = all().stream().map(key -> new byte[key.hash.length()]).toList();
        return with(hello, new OfferedPreSharedKeys(identities, binders));
    }

    private static PskIdentity identity(Ticket ticket, TlsConfig config) {
        long age = ticket.age().map(it -> it.obfuscated(config.clock().now())).orElse(0L);
        return new PskIdentity(ticket.octets(), age);
    }

    /**
     * RFC 8446 §4.2.11.2: the hello, whose last extension offers the keys, with the right binders.
     *
     * @param before what was said before it: nothing, or another hello and HelloRetryRequest
     */
    public EncodedMessage bound(ClientHello hello, Transcript before, TlsConfig config) {
        var offered = hello.extensions().find(OfferedPreSharedKeys.class).orElseThrow();
        var truncated = before.plus(EncodedMessage.of(hello).bytes()).truncated(offered.bindersLength());
        var binders = all().stream().map(key -> binder(key, truncated, config)).toList();
        return EncodedMessage.of(with(without(hello), new OfferedPreSharedKeys(offered.identities(), binders)));
    }

    private static byte[] binder(OfferedKey offered, Transcript truncated, TlsConfig config) {
        var hkdf = new Hkdf(config.crypto(), offered.hash);
        try (var early = EarlySecret.of(hkdf, offered.secret);
                var key = binderKey(offered, early)) {
            return key.verifyData(truncated.hash(config.crypto(), hkdf.hash()));
        }
    }

    private static FinishedKey binderKey(OfferedKey offered, EarlySecret early) {
        return offered.by.session().isPresent() ? early.resumptionBinderKey() : early.externalBinderKey();
    }

    private static ClientHello without(ClientHello hello) {
        return with(hello, hello.extensions().all().stream().filter(each -> !(each instanceof OfferedPreSharedKeys)));
    }

    /** RFC 8446 §4.2.11: the last of all. */
    private static ClientHello with(ClientHello hello, OfferedPreSharedKeys last) {
        return with(hello, Stream.concat(hello.extensions().all().stream(), Stream.of(last)));
    }

    private static ClientHello with(ClientHello hello, Stream<? extends Extension> extensions) {
        return hello.with(extensions.<Extension>map(each -> each).toList());
    }

    @Override
    public void close() {
        session.ifPresent(ResumableSession::close);
        externals.forEach(ExternalKey::close);
    }
}
