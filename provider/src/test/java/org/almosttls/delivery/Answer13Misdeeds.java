package org.almosttls.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.OidFilters;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CompressedCertificate;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.Mallory;

/** What can be wrong with a ServerHello of TLS 1.3, with a HelloRetryRequest, and with how a server says who it is. */
final class Answer13Misdeeds {

    private static final byte[] MARK = "DOWNGRD\1".getBytes(StandardCharsets.US_ASCII);
    private static final int RANDOM = 32;
    private static final int LONG_COOKIE = 65_500;

    private Answer13Misdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(answers(), retries(), sessions(), early(), certificates())
                .flatMap(each -> each)
                .map(each -> each.how("TLS 1.3"));
    }

    private static Stream<Misdeed> answers() {
        var talkedDown = Terms.client().wishing(wishes -> wishes.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"}));
        return Stream.of(
                hello(Violation.LEGACY_VERSION_WRONG, it -> Hellos.version(it, ProtocolVersion.TLS_1_3)),
                hello(Violation.SESSION_ID_NOT_ECHOED, it -> Hellos.session(it, new byte[7])),
                hello(
                        Violation.EXTENSION_MISSING,
                        it -> Hellos.extensions(it, Hellos.without(ExtensionType.KEY_SHARE))),
                hello(
                        Violation.EXTENSION_NOT_OFFERED,
                        it -> Hellos.extensions(it, Hellos.plus(new SelectedPreSharedKey(0)))),
                hello(Violation.DOWNGRADED, talkedDown, it -> Hellos.random(it, marked(it.random()))));
    }

    private static byte[] marked(byte[] random) {
        byte[] marked = Arrays.copyOf(random, RANDOM);
        System.arraycopy(MARK, 0, marked, RANDOM - MARK.length, MARK.length);
        return marked;
    }

    private static Terms retrying() {
        var terms = Terms.client().newest();
        return terms.mallory(terms.mallory().groups(NamedGroup.SECP256R1));
    }

    private static Stream<Misdeed> retries() {
        return Stream.of(
                hello(
                        Violation.RETRY_CHANGES_NOTHING,
                        retrying(),
                        it -> Hellos.extensions(it, Hellos.with(new RequestedKeyShare(NamedGroup.X25519)))),
                hello(
                        Violation.COOKIE_TOO_LONG,
                        retrying(),
                        it -> Hellos.extensions(it, Hellos.plus(new Cookie(new byte[LONG_COOKIE])))),
                second(Violation.RETRY_REPEATED, Answer13Misdeeds::askedAgain),
                second(Violation.RETRY_SUITE_CHANGED, it -> Hellos.suite(it, CipherSuite.TLS_AES_256_GCM_SHA384)));
    }

    private static ServerHello askedAgain(ServerHello hello) {
        return ServerHello.helloRetryRequest(
                hello.sessionId(),
                hello.cipherSuite(),
                Extensions.of(List.of(
                        new RequestedKeyShare(NamedGroup.SECP384R1), new SelectedVersion(ProtocolVersion.TLS_1_3))));
    }

    private static Misdeed second(Violation violation, Function<ServerHello, HandshakeMessage> change) {
        return Misdeed.of(
                violation,
                retrying(),
                it -> it.changing(ServerHello.class, hello -> !hello.isHelloRetryRequest(), change));
    }

    private static Stream<Misdeed> sessions() {
        return Stream.of(
                resumed(Violation.PSK_NOT_OFFERED, Hellos.with(new SelectedPreSharedKey(7))),
                resumed(Violation.PSK_WITHOUT_KEY_SHARE, Hellos.without(ExtensionType.KEY_SHARE)),
                hello(
                        Violation.PSK_OF_OTHER_HASH,
                        Terms.client().newest().acquaintancesByTicket(),
                        it -> Hellos.suite(it, CipherSuite.TLS_AES_256_GCM_SHA384)));
    }

    /** To a client that has sent data with its hello. */
    private static Stream<Misdeed> early() {
        var hasty = Terms.client().newest().inHaste();
        var speaking =
                Terms.client().newest().wishing(wishes -> wishes.setApplicationProtocols(new String[] {"one", "two"}));
        return Stream.of(
                hello(
                        Violation.EARLY_DATA_DOWNGRADED,
                        hasty.wishing(wishes -> wishes.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"})),
                        it -> Hellos.extensions(it, all -> List.of())),
                Misdeed.of(
                        Violation.EARLY_DATA_OF_OTHER_SESSION,
                        speaking.mallory(speaking.mallory().applicationProtocols("one"))
                                .inHaste(),
                        it -> it.changing(EncryptedExtensions.class, Answer13Misdeeds::changingTheProtocol)));
    }

    private static EncryptedExtensions changingTheProtocol(EncryptedExtensions message) {
        return new EncryptedExtensions(Extensions.of(Hellos.with(new ApplicationProtocols(List.of("two")))
                .apply(message.extensions().all())));
    }

    private static Misdeed resumed(Violation violation, UnaryOperator<List<Extension>> change) {
        return hello(violation, Terms.client().newest().acquaintancesByTicket(), it -> Hellos.extensions(it, change));
    }

    private static Stream<Misdeed> certificates() {
        var asked = Terms.client().newest();
        return Stream.of(
                Misdeed.of(
                        Violation.FILTER_FOR_ANY_PURPOSE,
                        asked.mallory(asked.mallory().asking(ClientAuthentication.WANT)),
                        it -> it.changing(CertificateRequest13.class, Answer13Misdeeds::forAnyPurpose)),
                shown(Violation.CERTIFICATE_LIST_EMPTY, it -> new Certificate13(new byte[0], List.of())),
                shown(Violation.CERTIFICATE_CONTEXT_WRONG, it -> new Certificate13(new byte[1], it.entries())),
                shown(
                        Violation.CERTIFICATE_COMPRESSION_NOT_OFFERED,
                        it -> new CompressedCertificate(
                                new CertificateCompressionAlgorithm(0x7A7A), 900, new byte[20])),
                shown(
                        Violation.CERTIFICATE_NOT_COMPRESSED,
                        it -> new CompressedCertificate(CertificateCompressionAlgorithm.ZLIB, 900, new byte[20])),
                compressed(
                        Violation.UNCOMPRESSED_LENGTH_WRONG,
                        it -> new CompressedCertificate(it.algorithm(), it.uncompressedLength() + 1, it.compressed())));
    }

    private static CertificateRequest13 forAnyPurpose(CertificateRequest13 request) {
        var filter = new OidFilters.Filter(
                RecordMisdeeds.bytes(6, 3, 0x55, 0x1D, 0x25), RecordMisdeeds.bytes(0x30, 6, 6, 4, 0x55, 0x1D, 0x25, 0));
        return new CertificateRequest13(
                request.requestContext(),
                Extensions.of(Hellos.plus(new OidFilters(List.of(filter)))
                        .apply(request.extensions().all())));
    }

    private static Misdeed shown(Violation violation, Function<Certificate13, HandshakeMessage> change) {
        return Misdeed.of(violation, Terms.client().newest(), it -> it.changing(Certificate13.class, change));
    }

    private static Misdeed compressed(Violation violation, Function<CompressedCertificate, HandshakeMessage> change) {
        var terms = Terms.client().newest();
        return Misdeed.of(
                violation,
                terms.mallory(terms.mallory().compressingCertificates()),
                (Mallory it) -> it.changing(CompressedCertificate.class, change));
    }

    private static Misdeed hello(Violation violation, Function<ServerHello, HandshakeMessage> change) {
        return hello(violation, Terms.client().newest(), change);
    }

    private static Misdeed hello(Violation violation, Terms terms, Function<ServerHello, HandshakeMessage> change) {
        return Misdeed.of(violation, terms, it -> it.changing(ServerHello.class, change));
    }
}
