package org.almosttls.attacks;

import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CVE-2015-7575: signatures over MD5 or SHA-1, for which others with the same hash can be found. */
class SlothTest {

    /** RSA and ECDSA with MD5, and with SHA-1, of which MD5 is nobody's and SHA-1 was not offered. */
    @ParameterizedTest
    @ValueSource(ints = {0x0101, 0x0103, 0x0201, 0x0203})
    void aServerDoesNotSignSo(int scheme) {
        Expect.violation(
                Violation.SCHEME_NOT_OFFERED,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                                        .build(),
                                TestConfig.server(TestCertificates.rsaServer()).build())
                        .changing(
                                ServerKeyExchange.class,
                                it -> new ServerKeyExchange(it.params(), new SignatureScheme(scheme), it.signature()))
                        .handshake());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0101, 0x0103, 0x0201, 0x0203})
    void aClientDoesNotSignSo(int scheme) {
        Expect.violation(
                Violation.SCHEME_NOT_OFFERED,
                () -> new StatePair(
                                TestConfig.client(TestCertificates.ecClient()).build(),
                                TestConfig.server(TestCertificates.ecServer())
                                        .asking(ClientAuthentication.NEED)
                                        .build())
                        .changing(
                                CertificateVerify.class,
                                it -> new CertificateVerify(new SignatureScheme(scheme), it.signature()))
                        .handshake());
    }
}
