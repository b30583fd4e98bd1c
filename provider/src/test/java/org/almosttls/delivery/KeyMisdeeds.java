package org.almosttls.delivery;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.message.ClientKeyExchange.DhePublic;
import org.almosttls.message.ClientKeyExchange.EcdhePublic;
import org.almosttls.message.Finished;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerDhParams;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Mallory;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;

/** What can be wrong with the exchange of keys, and with what proves that it was not. */
final class KeyMisdeeds {

    private static final CipherSuite DHE =
            CipherSuite.named("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256").orElseThrow();

    private KeyMisdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(ofServer(), ofClient(), finished()).flatMap(each -> each);
    }

    private static Stream<Misdeed> ofServer() {
        var shortPrime = BigInteger.ONE.shiftLeft(511).setBit(0).toByteArray();
        var server = TestConfig.server(TestCertificates.rsaServer());
        var badPoint = server.suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                .groups(NamedGroup.X25519)
                .with("crypto", new SpiedCrypto().spoilPublicKeys(new byte[32]).backend());
        return Stream.of(
                Misdeed.of(
                        Violation.GROUP_NOT_OFFERED,
                        Terms.client(),
                        it -> it.changing(
                                ServerKeyExchange.class,
                                key -> new ServerKeyExchange(
                                        new ServerEcdhParams(new NamedGroup(0x0016), new byte[65]),
                                        key.scheme(),
                                        key.signature()))),
                Misdeed.of(
                        Violation.CURVE_NOT_NAMED,
                        Terms.client(),
                        it -> it.garbling(HandshakeType.SERVER_KEY_EXCHANGE, octets -> {
                            octets[4] = 1;
                            return octets;
                        })),
                Misdeed.of(
                        Violation.SCHEME_NOT_OFFERED,
                        Terms.client(),
                        it -> it.changing(
                                ServerKeyExchange.class,
                                key -> new ServerKeyExchange(
                                        key.params(), SignatureScheme.ECDSA_SECP256R1_SHA256, key.signature()))),
                Misdeed.of(
                        Violation.WRONG_SIGNATURE,
                        Terms.client(),
                        it -> it.changing(
                                ServerKeyExchange.class,
                                key -> new ServerKeyExchange(key.params(), key.scheme(), new byte[256]))),
                Misdeed.of(
                        Violation.BAD_PUBLIC_KEY,
                        Terms.client().mallory(badPoint),
                        it -> it.changing(ServerKeyExchange.class, key -> key)),
                Misdeed.of(
                        Violation.WEAK_FIELD,
                        Terms.client().mallory(server.suites(DHE)),
                        it -> it.changing(
                                ServerKeyExchange.class,
                                key -> new ServerKeyExchange(
                                        new ServerDhParams(shortPrime, new byte[] {2}, new byte[] {5}),
                                        key.scheme(),
                                        key.signature()))));
    }

    private static Stream<Misdeed> ofClient() {
        return Stream.of(
                Misdeed.of(
                                Violation.BAD_PUBLIC_KEY,
                                Terms.server(),
                                it -> it.changing(EcdhePublic.class, key -> new EcdhePublic(new byte[32])))
                        .how("zero for X25519"),
                Misdeed.of(
                                Violation.PUBLIC_VALUE_OUT_OF_RANGE,
                                Terms.server().suites(DHE),
                                it -> it.changing(DhePublic.class, key -> new DhePublic(new byte[] {1})))
                        .how("one for DHE"));
    }

    private static Stream<Misdeed> finished() {
        var deflating = Terms.client();
        return Stream.concat(
                Stream.of(Terms.client(), Terms.server())
                        .map(terms -> Misdeed.of(
                                Violation.WRONG_FINISHED,
                                terms,
                                it -> it.changing(Finished.class, message -> new Finished(new byte[12])))),
                Stream.of(deflating, Terms.server())
                        .map(KeyMisdeeds::deflating)
                        .map(terms -> Misdeed.of(
                                Violation.DECOMPRESSION_FAILED,
                                terms,
                                mallory -> mallory.onceConnected(KeyMisdeeds::sayWhatIsNotDeflated))));
    }

    private static Terms deflating(Terms terms) {
        return terms.mallory(terms.mallory().requesting(Feature.COMPRESSION));
    }

    private static void sayWhatIsNotDeflated(Mallory mallory) throws Exception {
        mallory.withoutDeflating().say(ContentType.APPLICATION_DATA, new byte[] {7, 7, 7, 7, 7});
    }
}
