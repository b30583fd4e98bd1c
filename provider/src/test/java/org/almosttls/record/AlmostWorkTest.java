package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Hmac;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AlmostTLSv1 §6: whatever is wrong with a record, the receiver hashes as much before it says so. */
class AlmostWorkTest {

    private static final int CONTENT = 100;

    private final FixedRandomness random = new FixedRandomness(9);
    private final RecordKeys keys = new RecordKeys(
            Secret.owning(random.bytes(32)), Secret.owning(random.bytes(16)), Secret.owning(new byte[0]));
    private int octets;
    private int compressions;

    /** Counts how often RFC 2104 calls the compression function of SHA-256. */
    private CryptoBackend counting() {
        var proper = new JcaBackend();
        return (CryptoBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CryptoBackend.class}, (proxy, method, arguments) -> {
                    var result = method.invoke(proper, arguments);
                    return result instanceof Hmac hmac ? counted(hmac) : result;
                });
    }

    private Hmac counted(Hmac hmac) {
        return new Hmac() {
            @Override
            public Hmac update(byte[] bytes, int offset, int length) {
                octets += length;
                hmac.update(bytes, offset, length);
                return this;
            }

            @Override
            public Hmac update(ByteBuffer bytes) {
                octets += bytes.remaining();
                hmac.update(bytes);
                return this;
            }

            @Override
            public void tag(byte[] out, int offset) {
                // The inner hash of a block of the key and these octets, padding and length; then the outer hash.
                compressions += 1 + (octets + 1 + 8 + 63) / 64 + 2;
                octets = 0;
                hmac.tag(out, offset);
            }

            @Override
            public void close() {
                hmac.close();
            }
        };
    }

    /** The text under a record's encryption, changed. */
    private byte[] withText(byte[] record, UnaryOperator<byte[]> change) throws Exception {
        var key = new SecretKeySpec(keys.key().bytes(), "AES");
        var iv = new IvParameterSpec(record, 5, 16);
        var cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, iv);
        byte[] text = change.apply(cipher.doFinal(record, 21, record.length - 21));
        cipher.init(Cipher.ENCRYPT_MODE, key, iv);
        byte[] changed = record.clone();
        cipher.doFinal(text, 0, text.length, changed, 21);
        return changed;
    }

    private static UnaryOperator<byte[]> setting(int fromTheEnd, int value) {
        return text -> {
            text[text.length - fromTheEnd] = (byte) value;
            return text;
        };
    }

    static Stream<Arguments> wrongs() {
        return Stream.of(
                Arguments.of("padding too long for the record", setting(1, 255)),
                Arguments.of("padding that leaves no room for the HMAC", setting(1, 120)),
                Arguments.of("padding that is not all the same", setting(3, 77)),
                Arguments.of("no padding, so the HMAC is elsewhere", setting(1, 0)),
                Arguments.of("wrong HMAC", setting(30, 1)),
                Arguments.of("wrong content", setting(100, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongs")
    void padsAndMacsThatAreWrongTakeTheSameWork(String name, UnaryOperator<byte[]> change) throws Exception {
        assertEquals(workFor(withText(sealed(), setting(40, 5))), workFor(withText(sealed(), change)));
    }

    @Test
    void soDoesARecordOutOfPlace() throws Exception {
        var sealing = new AlmostProtections(new JcaBackend(), random).sealing(keys);
        Records.seal(sealing, Records.content(CONTENT));
        byte[] second = Records.seal(sealing, Records.content(CONTENT));
        assertEquals(workFor(withText(sealed(), setting(40, 5))), workFor(second));
    }

    /** Its length is everybody's to see; only the one check that comes before all others is left out. */
    @Test
    void aLengthThatIsWrongTakesAsMuchAsOneThatIsRight() throws Exception {
        int whole = workFor(withText(sealed(), setting(40, 5)));
        for (int cut : List.of(1, 15)) {
            int cutShort = workFor(Arrays.copyOf(sealed(), sealed().length - cut));
            assertEquals(whole * 33 / 34, cutShort);
        }
    }

    private byte[] sealed() throws TlsAlertException {
        return Records.seal(new AlmostProtections(new JcaBackend(), random).sealing(keys), Records.content(CONTENT));
    }

    private int workFor(byte[] record) {
        var opening = new AlmostProtections(counting(), random).opening(keys);
        compressions = 0;
        assertThrows(TlsAlertException.class, () -> Records.open(opening, record));
        return compressions;
    }
}
