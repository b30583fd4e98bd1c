package org.almosttls.handshake.hello;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Versions that nobody speaks here any more (RFC 8996, RFC 7568): whoever comes with one is told so by its name. */
class OldVersionsTest {

    static Stream<ProtocolVersion> old() {
        return Stream.of(new ProtocolVersion(0x0300), new ProtocolVersion(0x0301));
    }

    @ParameterizedTest
    @MethodSource("old")
    void aClientOfAnOldVersionIsToldWhichItHas(ProtocolVersion old) throws Exception {
        assertNamed(old, pair().changing(ClientHello.class, hello -> Hellos.version(hello, old)));
    }

    @ParameterizedTest
    @MethodSource("old")
    void aServerOfAnOldVersionIsToldWhichItChose(ProtocolVersion old) throws Exception {
        assertNamed(old, pair().changing(ServerHello.class, hello -> Hellos.version(hello, old)));
    }

    private static void assertNamed(ProtocolVersion old, StatePair pair) {
        var refusal = Expect.violation(Violation.VERSION_NOT_SUPPORTED, pair::handshake);
        assertTrue(refusal.getMessage().contains(old.jsseName() + ","), refusal.getMessage());
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client().build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }
}
