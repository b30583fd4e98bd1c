package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialSource;
import org.almosttls.registry.CipherSuite;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** Credentials whose key is not that of their certificate: a mistake of whoever configured them. */
class WrongKeysTest {

    private final SpiedCrypto crypto = new SpiedCrypto();

    @Test
    void aServersKeyOfAnotherKindCannotSign() {
        var server = TestConfig.server()
                .credentials(mismatched(TestCertificates.ecServer(), TestCertificates.rsaServer()))
                .suites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                .with("crypto", crypto.backend());
        Expect.violation(
                Violation.INTERNAL, () -> new StatePair(TestConfig.client().build(), server.build()).handshake());
        assertEquals(0, crypto.agreementsOpen());
    }

    @Test
    void aServersKeyOfTheSameKindSignsInVain() {
        var server = TestConfig.server()
                .credentials(mismatched(TestCertificates.ecServer(), TestCertificates.ecP384Server()));
        Expect.violation(
                Violation.WRONG_SIGNATURE,
                () -> new StatePair(TestConfig.client().build(), server.build()).handshake());
    }

    @Test
    void aClientsKeyOfAnotherKindCannotSign() {
        var client = TestConfig.client()
                .credentials(mismatched(TestCertificates.ecClient(), TestCertificates.rsaClient()))
                .with("crypto", crypto.backend());
        var server = TestConfig.server(TestCertificates.ecServer()).asking(ClientAuthentication.NEED);
        Expect.violation(Violation.INTERNAL, () -> new StatePair(client.build(), server.build()).handshake());
        crypto.secrets().forEach(secret -> {
            for (byte octet : secret.bytes()) assertEquals(0, octet);
        });
        assertTrue(crypto.secrets().size() > 0);
    }

    private static CredentialSource mismatched(TestIdentity certified, TestIdentity keyed) {
        var credential = new Credential(certified.chain(), keyed.key());
        return request -> request.keyTypes().contains("EC") ? Optional.of(credential) : Optional.empty();
    }
}
