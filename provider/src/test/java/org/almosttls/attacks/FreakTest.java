package org.almosttls.attacks;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CVE-2015-0204: somebody between the ends has them agree on RSA or a field of export strength. */
class FreakTest {

    /** TLS_RSA_EXPORT_WITH_RC4_40_MD5, TLS_RSA_EXPORT_WITH_DES40_CBC_SHA, TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA. */
    @ParameterizedTest
    @ValueSource(ints = {0x0003, 0x0008, 0x0014})
    void aClientIsNotTalkedDownToASuiteForExport(int suite) {
        Expect.violation(
                Violation.SUITE_NOT_OFFERED,
                () -> pair().changing(ServerHello.class, hello -> Hellos.suite(hello, new CipherSuite(suite)))
                        .handshake());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0003, 0x0008, 0x0014})
    void aServerHasNoSuiteForExport(int suite) {
        var server = TestConfig.server(TestCertificates.rsaServer()).build();
        Expect.violation(
                Violation.NO_COMMON_SUITE,
                () -> new StatePair(TestConfig.client().build(), server)
                        .changing(ClientHello.class, hello -> Hellos.suites(hello, List.of(new CipherSuite(suite))))
                        .handshake());
    }

    /** The short RSA key came in a message that RSA does not have. */
    @Test
    void aTemporaryRsaKeyIsNotTaken() throws Exception {
        var pair = pair().until(HandshakeType.SERVER_HELLO_DONE);
        var key = new Flying(
                EncodedMessage.of(Samples.of(HandshakeType.SERVER_KEY_EXCHANGE)).bytes());
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> pair.client().receive(key));
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client()
                        .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                        .build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }
}
