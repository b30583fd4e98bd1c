package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 7366 against a plain reading of it. */
class EncryptThenMacProtectionTest {

    private static final List<Integer> LENGTHS = List.of(0, 1, 15, 16, 17, 100, 4096, 16383, 16384);

    static List<Tls12Suite> suites() {
        return Tls12Suite.ALL.stream().filter(Tls12Suite::isCbc).toList();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensWhatWasSealedAtEveryLength(Tls12Suite suite) throws TlsAlertException {
        var pair = ProtectionPair.encryptThenMac(suite);
        for (int length : LENGTHS) {
            byte[] sealed = pair.seal(Records.content(length));
            assertEquals(pair.sealing().sealedLength(length), sealed.length);
            assertArrayEquals(Records.content(length), pair.open(sealed));
        }
    }

    /** RFC 7366 §3: seq_num, type, version, the length of IV and ciphertext, and these. */
    @ParameterizedTest
    @MethodSource("suites")
    void isWhatTheRfcSays(Tls12Suite suite) throws Exception {
        var pair = ProtectionPair.encryptThenMac(suite);
        pair.seal(Records.content(1));
        byte[] record = pair.seal(Records.content(40));
        int macLength = suite.mac().length();
        byte[] encrypted = Arrays.copyOfRange(record, 5, record.length - macLength);
        assertArrayEquals(
                Arrays.copyOfRange(record, record.length - macLength, record.length), mac(pair, suite, 1, encrypted));

        byte[] text = decrypted(pair, encrypted);
        assertEquals(48, text.length);
        assertArrayEquals(Records.content(40), Arrays.copyOf(text, 40));
        for (int i = 40; i < 48; i++) assertEquals(7, text[i]);
    }

    private static byte[] mac(ProtectionPair pair, Tls12Suite suite, long number, byte[] encrypted)
            throws GeneralSecurityException {
        String algorithm = "Hmac" + suite.mac().jcaName().replace("-", "");
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(pair.keys().mac().bytes(), algorithm));
        var header = ByteBuffer.allocate(13).putLong(number).put((byte) 23).putShort((short) 0x0303);
        mac.update(header.putShort((short) encrypted.length).array());
        return mac.doFinal(encrypted);
    }

    private static byte[] decrypted(ProtectionPair pair, byte[] encrypted) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/CBC/NoPadding");
        var key = new SecretKeySpec(pair.keys().key().bytes(), "AES");
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(encrypted, 0, 16));
        return cipher.doFinal(encrypted, 16, encrypted.length - 16);
    }

    @Test
    void everyOctetThatIsChangedIsNoticed() throws TlsAlertException {
        int length = ProtectionPair.encryptThenMac(Records.CBC_SHA256).sealing().sealedLength(20);
        for (int at = RecordReader.HEADER_LENGTH; at < length; at++) {
            var pair = ProtectionPair.encryptThenMac(Records.CBC_SHA256);
            byte[] record = pair.seal(Records.content(20));
            record[at] ^= 0x10;
            Records.assertBadRecord(pair, record);
        }
    }

    @Test
    void noLengthThatIsWrongPasses() throws TlsAlertException {
        byte[] record = ProtectionPair.encryptThenMac(Records.CBC_SHA256).seal(Records.content(40));
        for (int length = RecordReader.HEADER_LENGTH; length < record.length; length++)
            Records.assertBadRecord(ProtectionPair.encryptThenMac(Records.CBC_SHA256), Arrays.copyOf(record, length));
    }

    /** What an attacker has made is not worth a decryption, whose time or padding could tell something. */
    @Test
    void whatDoesNotAuthenticateIsNeverDecrypted() throws TlsAlertException {
        var untouchable = new BlockCipher() {
            @Override
            public void process(byte[] iv, ByteBuffer in, ByteBuffer out) {
                throw new AssertionError("decrypted");
            }

            @Override
            public void close() {}
        };
        var pair = ProtectionPair.encryptThenMac(Records.CBC_SHA256);
        byte[] record = pair.seal(Records.content(40));
        record[record.length - 1] ^= 1;
        var hmac = new JcaBackend().hmac(HashAlgorithm.SHA256, pair.keys().mac());
        var opening = new EncryptThenMacProtection(
                0x0303,
                new CbcChain(untouchable, new FixedRandomness(1)),
                new RecordHmac(hmac, 32, new SequenceNumber()));
        assertThrows(TlsAlertException.class, () -> Records.open(opening, record));
    }

    @Test
    void orderCounts() throws TlsAlertException {
        var pair = ProtectionPair.encryptThenMac(Records.CBC_SHA1);
        byte[] first = pair.seal(Records.content(1));
        pair.open(first);
        Records.assertBadRecord(pair, first);
    }

    /** The peer's own mistake, made under its own MAC. */
    @Test
    void paddingIsCheckedAllTheSame() throws Exception {
        var pair = ProtectionPair.encryptThenMac(Records.CBC_SHA256);
        for (byte last : new byte[] {16, (byte) 255, 3}) {
            var text = new byte[16];
            text[15] = last;
            byte[] record = forged(ProtectionPair.encryptThenMac(Records.CBC_SHA256), text);
            Records.assertBadRecord(ProtectionPair.encryptThenMac(Records.CBC_SHA256), record);
        }
        assertArrayEquals(new byte[15], pair.open(forged(pair, new byte[16])));
    }

    private static byte[] forged(ProtectionPair pair, byte[] text) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(pair.keys().key().bytes(), "AES"),
                new IvParameterSpec(new byte[16]));
        byte[] encrypted = ByteBuffer.allocate(16 + text.length)
                .put(new byte[16])
                .put(cipher.doFinal(text))
                .array();
        byte[] tag = mac(pair, Records.CBC_SHA256, 0, encrypted);
        return ByteBuffer.allocate(5 + encrypted.length + tag.length)
                .put((byte) 23)
                .putShort((short) 0x0303)
                .putShort((short) (encrypted.length + tag.length))
                .put(encrypted)
                .put(tag)
                .array();
    }

    @Test
    void worksOnBuffersOutsideOfTheHeap() throws TlsAlertException {
        var pair = ProtectionPair.encryptThenMac(Records.CBC_SHA256);
        var source = ByteBuffer.allocateDirect(100).put(Records.content(100)).flip();
        var network = ByteBuffer.allocateDirect(300).position(3);
        pair.sealing().seal(ContentType.APPLICATION_DATA, source, network);
        assertEquals(300, network.limit());
        network.flip().position(3 + RecordReader.HEADER_LENGTH);
        var opened = ByteBuffer.allocateDirect(200);
        pair.opening().open(ContentType.APPLICATION_DATA, 0x0303, network, opened);
        var content = new byte[opened.flip().remaining()];
        opened.get(content);
        assertArrayEquals(Records.content(100), content);
        assertThrows(
                TlsAlertException.class,
                () -> pair.opening()
                        .open(ContentType.APPLICATION_DATA, 0x0303, ByteBuffer.allocate(10), ByteBuffer.allocate(10)));
        assertEquals(Violation.BAD_RECORD.alert(), Violation.RECORD_OUT_OF_ORDER.alert());
    }
}
