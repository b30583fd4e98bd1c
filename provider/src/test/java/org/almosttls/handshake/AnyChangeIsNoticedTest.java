package org.almosttls.handshake;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.registry.CipherSuite;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5246 §7.4.9: whichever octet of the handshake is changed on the way, the ends never both finish. */
class AnyChangeIsNoticedTest {

    /** The most messages that a handshake here takes. */
    private static final int MESSAGES = 12;

    /** How far apart the changed octets are: not a divisor of any message's length. */
    private static final int STRIDE = 61;

    static Stream<Arguments> suitesAndMessages() {
        return Stream.of(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                .flatMap(suite -> IntStream.range(0, MESSAGES).mapToObj(message -> Arguments.of(suite, message)));
    }

    @ParameterizedTest
    @MethodSource("suitesAndMessages")
    void aChangedOctetIsFatal(CipherSuite suite, int message) throws Exception {
        int length = lengthOf(suite, message);
        for (int octet = 0; octet < length; octet += octet < 4 ? 1 : STRIDE) {
            int changed = octet;
            var pair = pair(suite).garbling(onlyThe(message, bytes -> {
                var garbled = bytes.clone();
                garbled[changed] ^= 0x41;
                return garbled;
            }));
            assertThrows(TlsAlertException.class, pair::handshake, "octet " + octet);
            assertTrue(
                    pair.client().session().isEmpty() || pair.server().session().isEmpty());
        }
    }

    private static int lengthOf(CipherSuite suite, int message) throws TlsAlertException {
        var flown = pair(suite).handshake().flown().stream()
                .filter(flying -> !flying.isChangeCipherSpec())
                .toList();
        return message < flown.size() ? flown.get(message).bytes().length : 0;
    }

    private static UnaryOperator<Flying> onlyThe(int message, UnaryOperator<byte[]> change) {
        var passed = new int[1];
        return flying -> {
            if (flying.isChangeCipherSpec() || passed[0]++ != message) return flying;
            return new Flying(change.apply(flying.bytes()));
        };
    }

    private static StatePair pair(CipherSuite suite) throws TlsAlertException {
        return new StatePair(
                TestConfig.client(TestCertificates.ecClient()).suites(suite).build(),
                TestConfig.server(TestCertificates.ecServer(), TestCertificates.rsaServer())
                        .asking(ClientAuthentication.NEED)
                        .build());
    }
}
