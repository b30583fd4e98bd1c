package org.almosttls.docs;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.ScriptedRandomness;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.keyschedule.AlmostKeys;
import org.almosttls.message.EncryptedMasterSecret;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.record.AlmostProtections;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.record.PlainProtection;
import org.almosttls.record.RecordProtection;
import org.almosttls.record.RecordReader;
import org.almosttls.record.RecordVersions;
import org.almosttls.registry.ContentType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AlmostTLSv1 §11 by our own means: its octets are what this implementation opens and makes. */
class WorkedExampleOctetsTest {

    private static final int VERSION = 0xA101;
    private static final byte[] ORDER = "Pay Carol 10 euros".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = "Carol thanks you".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAILURE = {2, (byte) 0xA1};

    private final CryptoBackend crypto = PerOperationBackend.platform();
    private final WorkedExample example = WorkedExample.onThePage();
    private final byte[] iv = new byte[16];
    private final AlmostProtections protections = new AlmostProtections(crypto, new ScriptedRandomness(iv));
    private Secret masterSecret;
    private AlmostKeys keys;

    @BeforeEach
    void beAlice() throws Exception {
        var message = new HandshakeReassembler();
        message.add(opened("ems", ContentType.HANDSHAKE, new PlainProtection(VERSION)));
        var ems = (EncryptedMasterSecret)
                HandshakeDecoder.ALMOST.decode(message.next().orElseThrow());
        masterSecret = crypto.rsaOaepDecrypt(
                alicesKey(), ems.encrypted(), AlmostKeys.MASTER_SECRET_LENGTH, new ScriptedRandomness(new byte[48]));
        keys = AlmostKeys.derive(crypto, masterSecret);
    }

    private PrivateKey alicesKey() throws Exception {
        var base64 = example.files().get("alice.pem").replaceAll("-----.*-----", "");
        var encoded = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    @Test
    void theMasterSecretIsTheSame() {
        var printed = example.steps().get(1).output().lines().toList();
        assertEquals(printed.get(1), HexFormat.of().formatHex(masterSecret.bytes()));
    }

    @Test
    void theFourKeysAreTheSame() {
        var printed = example.steps()
                .get(2)
                .output()
                .lines()
                .collect(Collectors.toMap(line -> line.substring(0, 3), line -> line.substring(4)));
        var derived = Map.of(
                "E_B", keys.bob().key(),
                "M_B", keys.bob().mac(),
                "E_A", keys.alice().key(),
                "M_A", keys.alice().mac());
        assertEquals(printed.keySet(), derived.keySet());
        derived.forEach((name, key) -> assertArrayEquals(hex(printed.get(name)), key.bytes(), name));
    }

    @Test
    void bobsRecordOpens() throws Exception {
        var records = protections.opening(keys.bob());
        assertEquals(ByteBuffer.wrap(ORDER), opened("bob", ContentType.APPLICATION_DATA, records));
    }

    @Test
    void alicesAnswerAndTheErrorOpen() throws Exception {
        var records = protections.opening(keys.alice());
        assertEquals(ByteBuffer.wrap(ANSWER), opened("alice", ContentType.APPLICATION_DATA, records));
        assertEquals(ByteBuffer.wrap(FAILURE), opened("error", ContentType.ALERT, records));
    }

    @Test
    void withTheSameInitializationVectorsTheSameRecordsAreMade() throws Exception {
        var bob = protections.sealing(keys.bob());
        var alice = protections.sealing(keys.alice());
        assertArrayEquals(record("bob"), sealedLike("bob", ContentType.APPLICATION_DATA, ORDER, bob));
        assertArrayEquals(record("alice"), sealedLike("alice", ContentType.APPLICATION_DATA, ANSWER, alice));
        assertArrayEquals(record("error"), sealedLike("error", ContentType.ALERT, FAILURE, alice));
    }

    private byte[] record(String name) {
        return hex(example.files().get(name + ".hex"));
    }

    private ByteBuffer opened(String name, ContentType type, RecordProtection protection) throws Exception {
        var network = ByteBuffer.wrap(record(name));
        var reader = new RecordReader();
        reader.expect(RecordVersions.ALMOST);
        assertTrue(reader.find(network));
        assertEquals(type, reader.type());
        var content = ByteBuffer.allocate(protection.openedBound(reader.fragmentLength()));
        protection.open(reader.type(), reader.version(), network.position(RecordReader.HEADER_LENGTH), content);
        return content.flip();
    }

    /** Takes the IV from the record on the page. */
    private byte[] sealedLike(String name, ContentType type, byte[] content, RecordProtection protection)
            throws Exception {
        System.arraycopy(record(name), RecordReader.HEADER_LENGTH, iv, 0, iv.length);
        var network = ByteBuffer.allocate(protection.sealedLength(content.length));
        protection.seal(type, ByteBuffer.wrap(content), network);
        return network.array();
    }
}
