package org.almosttls.attacks;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CVE-2014-0224: ChangeCipherSpec from somebody between the ends, before they have a secret, makes keys of nothing. */
class CcsInjectionTest {

    @ParameterizedTest
    @EnumSource(names = {"CLIENT_HELLO", "SERVER_HELLO", "CERTIFICATE", "SERVER_KEY_EXCHANGE", "SERVER_HELLO_DONE"})
    void aClientDoesNotTakeItBefore(HandshakeType next) throws Exception {
        var client = pair().until(next).client();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> client.receive(Flying.CHANGE_CIPHER_SPEC));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLIENT_HELLO", "SERVER_HELLO_DONE", "CLIENT_KEY_EXCHANGE"})
    void aServerDoesNotTakeItBefore(HandshakeType next) throws Exception {
        var server = pair().until(next).server();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> server.receive(Flying.CHANGE_CIPHER_SPEC));
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client().build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }
}
