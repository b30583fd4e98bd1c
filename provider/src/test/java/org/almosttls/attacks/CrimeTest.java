package org.almosttls.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.record.Tls12Protections;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.CompressionMethod;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.Test;

/**
 * CVE-2012-4929: whoever can have a victim send what he likes beside a secret, and sees how long records are, learns the
 * secret octet by octet if they are compressed. That is why nothing is compressed here unless somebody asks for it.
 */
class CrimeTest {

    private static final String ALPHABET = "0123456789abcdef";
    private static final String PREFIX = "Cookie: session=";
    private static final String SECRET = "7f3a91c04e";

    /** Chosen text that no compressor shortens, to see lengths of bits by lengths of octets. */
    private static final String[] FILLERS = {"", "!", "!$", "!$&", "!$&(", "!$&(*", "!$&(*,", "!$&(*,;"};

    /** What goes over the wire for one request of the victim's on a fresh connection. */
    private static int lengthOnTheWire(CompressionMethod method, String chosen) throws TlsAlertException {
        var suite =
                Tls12Suite.of(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256).orElseThrow();
        var random = new FixedRandomness(1);
        var keys = new RecordKeys(
                Secret.owning(new byte[0]), Secret.owning(random.bytes(16)), Secret.owning(random.bytes(4)));
        var sealing = new Tls12Protections(0x0303, suite, false, method, new JcaBackend(), random).sealing(keys);
        byte[] request =
                ("GET /" + chosen + " HTTP/1.1\r\n" + PREFIX + SECRET + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        var network = ByteBuffer.allocate(sealing.sealedLength(request.length));
        sealing.seal(ContentType.APPLICATION_DATA, ByteBuffer.wrap(request), network);
        return network.position();
    }

    private static int cost(CompressionMethod method, String guess) {
        int sum = 0;
        try {
            for (String filler : FILLERS) sum += lengthOnTheWire(method, filler + PREFIX + guess);
        } catch (TlsAlertException e) {
            throw new IllegalStateException(e);
        }
        return sum;
    }

    /** The guess that makes the shortest records, one octet after the other. */
    private static String guessed(CompressionMethod method) {
        String known = "";
        while (known.length() < SECRET.length()) {
            String soFar = known;
            known = ALPHABET.chars()
                    .mapToObj(octet -> soFar + (char) octet)
                    .min(Comparator.comparing(guess -> cost(method, guess)))
                    .orElseThrow();
        }
        return known;
    }

    @Test
    void withCompressionTheLengthsTellTheSecret() {
        assertEquals(SECRET, guessed(CompressionMethod.DEFLATE));
    }

    /** All guesses cost the same, so that the first of the alphabet wins each time. */
    @Test
    void withoutItTheyTellNothing() {
        assertEquals("0".repeat(SECRET.length()), guessed(CompressionMethod.NULL));
    }
}
