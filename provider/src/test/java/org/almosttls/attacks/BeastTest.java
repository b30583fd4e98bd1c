package org.almosttls.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Stream;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.record.Tls12Protections;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CVE-2011-3389: in TLS 1.0 the last block of one record is the IV of the next, so that an attacker knows it when he
 * chooses the next plaintext. From TLS 1.1 on (RFC 4346 §6.2.3.2) each record has an IV of its own that nobody knows
 * before; so records need not be split into one octet and the rest, and are not.
 */
class BeastTest {

    private static final int BLOCK = 16;
    private static final byte[] CONTENT = new byte[100];

    static Stream<Arguments> protections() {
        return Stream.of(0x0302, 0x0303)
                .flatMap(version -> Stream.of(true, false).map(first -> Arguments.of(version, first)));
    }

    @ParameterizedTest
    @MethodSource("protections")
    void theIvOfARecordIsNotToBeForeseen(int version, boolean encryptThenMac) throws Exception {
        var suite = Tls12Suite.of(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA).orElseThrow();
        var keys = new RecordKeys(Secret.owning(new byte[20]), Secret.owning(new byte[16]), Secret.owning(new byte[0]));
        var sealing = new Tls12Protections(version, suite, encryptThenMac, new JcaBackend(), new FixedRandomness(8))
                .sealing(keys);
        var expected = new FixedRandomness(8).secureRandom();
        var firstBlocks = new HashSet<ByteBuffer>();
        for (int i = 0; i < 20; i++) {
            var network = ByteBuffer.allocate(sealing.sealedLength(CONTENT.length));
            sealing.seal(ContentType.APPLICATION_DATA, ByteBuffer.wrap(CONTENT), network);
            assertEquals(0, network.remaining(), "one record, not two");
            var iv = new byte[BLOCK];
            expected.nextBytes(iv);
            assertArrayEquals(iv, Arrays.copyOfRange(network.array(), 5, 5 + BLOCK));
            firstBlocks.add(ByteBuffer.wrap(network.array(), 5 + BLOCK, BLOCK));
        }
        assertEquals(20, firstBlocks.size(), "the same plaintext never looks the same");
    }
}
