package org.almosttls.handshake.tls13;

import java.util.List;
import java.util.function.Function;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.KeyShareEntry;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SelectedVersion;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SupportedVersions;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.handshake.Action;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;

/** RFC 8701 §3.1, §4.1: whoever chooses what stands for nothing is refused, also where it has been offered the very value. */
class GreaseViolations13Test {

    private static StatePair pair(NamedGroup... groups) throws TlsAlertException {
        var server = Tls13.server(TestCertificates.rsaServer())
                .applicationProtocols("h2")
                .asking(ClientAuthentication.NEED)
                .requesting(Feature.GREASE);
        return new StatePair(
                Tls13.client(TestCertificates.ecClient())
                        .applicationProtocols("h2")
                        .requesting(Feature.GREASE)
                        .build(),
                (groups.length == 0 ? server : server.groups(groups)).build());
    }

    private static ClientHello offer(StatePair pair) {
        return (ClientHello)
                pair.client().actions(Action.Send.class).get(0).message().message();
    }

    private static <E extends Extension> E in(ClientHello hello, Class<E> kind) {
        return hello.extensions().find(kind).orElseThrow();
    }

    /** The extension of the hello that stands for nothing and has a body. */
    private static Extension answered(Extensions offer) {
        var types = offer.types().stream().filter(ExtensionType::isGrease).toList();
        return new UnknownExtension(types.get(types.size() - 1), new byte[0]);
    }

    /** @param change what the message becomes, by the client's offer */
    private static <M extends HandshakeMessage> void refuses(
            Violation violation, Class<M> kind, Function<ClientHello, Function<M, HandshakeMessage>> change)
            throws TlsAlertException {
        refuses(pair(), violation, kind, change);
    }

    private static <M extends HandshakeMessage> void refuses(
            StatePair pair,
            Violation violation,
            Class<M> kind,
            Function<ClientHello, Function<M, HandshakeMessage>> change) {
        pair.changing(kind, change.apply(offer(pair)));
        Expect.violation(violation, pair::handshake);
    }

    @Test
    void aSuite() throws Exception {
        refuses(
                Violation.SUITE_NOT_OFFERED,
                ServerHello.class,
                offer -> hello -> Hellos.suite(hello, offer.cipherSuites().get(0)));
    }

    @Test
    void aVersion() throws Exception {
        refuses(
                Violation.VERSION_NOT_OFFERED,
                ServerHello.class,
                offer -> hello -> Hellos.extensions(
                        hello,
                        Hellos.with(new SelectedVersion(
                                in(offer, SupportedVersions.class).versions().get(0)))));
    }

    @Test
    void theGroupOfAShare() throws Exception {
        refuses(
                Violation.GROUP_NOT_OFFERED,
                ServerHello.class,
                offer -> hello -> Hellos.extensions(
                        hello, Hellos.with(new KeyShare(new KeyShareEntry(group(offer), new byte[1])))));
    }

    private static NamedGroup group(ClientHello offer) {
        return in(offer, KeyShares.class).entries().get(0).group();
    }

    @Test
    void theGroupOfARetry() throws Exception {
        refuses(
                pair(NamedGroup.SECP384R1),
                Violation.GROUP_NOT_OFFERED,
                ServerHello.class,
                offer -> hello -> Hellos.extensions(hello, Hellos.with(new RequestedKeyShare(group(offer)))));
    }

    @Test
    void anExtensionOfServerHelloOrOfARetry() throws Exception {
        for (var groups : List.of(new NamedGroup[0], new NamedGroup[] {NamedGroup.SECP384R1}))
            refuses(
                    pair(groups),
                    Violation.EXTENSION_NOT_OFFERED,
                    ServerHello.class,
                    offer -> hello -> Hellos.extensions(hello, Hellos.plus(answered(offer.extensions()))));
    }

    @Test
    void anExtensionOfTheAnswerToASecondHello() throws Exception {
        refuses(
                pair(NamedGroup.SECP384R1),
                Violation.EXTENSION_NOT_OFFERED,
                ServerHello.class,
                offer -> hello -> hello.isHelloRetryRequest()
                        ? hello
                        : Hellos.extensions(hello, Hellos.plus(answered(offer.extensions()))));
    }

    @Test
    void anEncryptedExtension() throws Exception {
        refuses(
                Violation.EXTENSION_NOT_OFFERED,
                EncryptedExtensions.class,
                offer -> message -> new EncryptedExtensions(plus(message.extensions(), offer.extensions())));
    }

    private static Extensions plus(Extensions meant, Extensions offer) {
        return new Extensions(Hellos.plus(answered(offer)).apply(meant.all()), true);
    }

    @Test
    void anApplicationProtocol() throws Exception {
        refuses(Violation.ALPN_NOT_OFFERED, EncryptedExtensions.class, offer -> message -> {
            var names = in(offer, ApplicationProtocols.class).names();
            return new EncryptedExtensions(new Extensions(
                    Hellos.with(new ApplicationProtocols(List.of(names.get(1))))
                            .apply(message.extensions().all()),
                    true));
        });
    }

    @Test
    void anExtensionBesideAServersCertificate() throws Exception {
        refuses(
                Violation.EXTENSION_NOT_OFFERED,
                Certificate13.class,
                offer -> message -> beside(message, offer.extensions()));
    }

    private static Certificate13 beside(Certificate13 message, Extensions offer) {
        return new Certificate13(
                message.requestContext(),
                message.entries().stream()
                        .map(entry -> new CertificateEntry(entry.certData(), plus(entry.extensions(), offer)))
                        .toList());
    }

    @Test
    void theSchemeOfAServersProof() throws Exception {
        refuses(
                Violation.SCHEME_NOT_OFFERED,
                CertificateVerify.class,
                offer -> proof -> new CertificateVerify(
                        in(offer, SignatureAlgorithms.class).schemes().get(0), proof.signature()));
    }

    private static CertificateRequest13 request(StatePair pair) {
        return pair.server().actions(Action.Send.class).stream()
                .map(sent -> sent.message().message())
                .filter(CertificateRequest13.class::isInstance)
                .map(CertificateRequest13.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** RFC 8701 §4.1: a server refuses what its request has. */
    @Test
    void anExtensionBesideAClientsCertificate() throws Exception {
        var pair = pair();
        var shown = new int[1];
        pair.changing(
                Certificate13.class,
                message -> shown[0]++ == 0
                        ? message
                        : beside(message, request(pair).extensions()));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pair::handshake);
    }

    @Test
    void theSchemeOfAClientsProof() throws Exception {
        var pair = pair();
        var shown = new int[1];
        pair.changing(CertificateVerify.class, proof -> {
            if (shown[0]++ == 0) return proof;
            var schemes = request(pair).extensions().find(SignatureAlgorithms.class);
            return new CertificateVerify(schemes.orElseThrow().schemes().get(0), proof.signature());
        });
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }
}
