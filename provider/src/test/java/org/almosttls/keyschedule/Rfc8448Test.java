package org.almosttls.keyschedule;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.Role;
import org.almosttls.registry.Tls13Suite;
import org.junit.jupiter.api.Test;

/** The secrets of RFC 8448 §3, a handshake without a pre-shared key. */
class Rfc8448Test {

    private static final byte[] HELLOS = hex("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8");
    private static final byte[] SERVER_FINISHED =
            hex("9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13");
    private static final byte[] CLIENT_FINISHED =
            hex("209145a96ee8e2a122ff810047cc952684658d6049e86429426db87c54ad143d");
    private static final byte[] SHARED = hex("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d");

    private final Tls13Suite suite =
            Tls13Suite.of(CipherSuite.TLS_AES_128_GCM_SHA256).orElseThrow();
    private final Hkdf hkdf = new Hkdf(new JcaBackend(), HashAlgorithm.SHA256);

    private HandshakeSecret handshakeSecret() {
        try (var early = EarlySecret.withoutPreSharedKey(hkdf);
                var shared = Secret.owning(SHARED.clone())) {
            return early.handshakeSecret(shared);
        }
    }

    private MasterSecret masterSecret() {
        try (var handshake = handshakeSecret()) {
            return handshake.masterSecret();
        }
    }

    private static void assertSecret(String expected, Secret secret) {
        assertArrayEquals(hex(expected), secret.bytes());
    }

    private static void assertKeys(String key, String iv, RecordKeys keys) {
        assertSecret(key, keys.key());
        assertSecret(iv, keys.iv());
        assertEquals(0, keys.mac().length());
    }

    @Test
    void handshakeTrafficSecrets() {
        var handshake = handshakeSecret();
        assertSecret(
                "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21",
                handshake.trafficSecret(Role.CLIENT, HELLOS).secret());
        assertSecret(
                "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38",
                handshake.trafficSecret(Role.SERVER, HELLOS).secret());
    }

    @Test
    void handshakeTrafficKeys() {
        var handshake = handshakeSecret();
        assertKeys(
                "dbfaa693d1762c5b666af5d950258d01",
                "5bd3c71b836e0b76bb73265f",
                handshake.trafficSecret(Role.CLIENT, HELLOS).recordKeys(suite));
        assertKeys(
                "3fce516009c21727d0f2e4e86ee403bc",
                "5d313eb2671276ee13000b30",
                handshake.trafficSecret(Role.SERVER, HELLOS).recordKeys(suite));
    }

    @Test
    void applicationTrafficSecrets() {
        var master = masterSecret();
        assertSecret(
                "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5",
                master.applicationTrafficSecret(Role.CLIENT, SERVER_FINISHED).secret());
        assertSecret(
                "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643",
                master.applicationTrafficSecret(Role.SERVER, SERVER_FINISHED).secret());
    }

    @Test
    void applicationTrafficKeys() {
        var master = masterSecret();
        assertKeys(
                "17422dda596ed5d9acd890e3c63f5051",
                "5b78923dee08579033e523d9",
                master.applicationTrafficSecret(Role.CLIENT, SERVER_FINISHED).recordKeys(suite));
        assertKeys(
                "9f02283b6c9c07efc26bb9f2ac92e356",
                "cf782b88dd83549aadf1e984",
                master.applicationTrafficSecret(Role.SERVER, SERVER_FINISHED).recordKeys(suite));
    }

    @Test
    void exporterAndResumption() {
        var master = masterSecret();
        assertSecret(
                "fe22f881176eda18eb8f44529e6792c50c9a3f89452f68d8ae311b4309d3cf50",
                master.exporterMasterSecret(SERVER_FINISHED).secret());
        assertSecret(
                "4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3",
                master.resumptionMasterSecret(CLIENT_FINISHED).preSharedKey(hex("0000")));
    }

    /** RFC 8448 §3: both Finished, over the transcript in front of each. */
    @Test
    void finished() {
        byte[] beforeServers = hex("edb7725fa7a3473b031ec8ef65a2485493900138a2b91291407d7951a06110ed");
        var server = handshakeSecret().trafficSecret(Role.SERVER, HELLOS).finishedKey();
        byte[] said = hex("9b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718");
        assertArrayEquals(said, server.verifyData(beforeServers));
        assertTrue(server.verifies(beforeServers, said));
        assertFalse(server.verifies(HELLOS, said));
        var client = handshakeSecret().trafficSecret(Role.CLIENT, HELLOS).finishedKey();
        assertArrayEquals(
                hex("a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61"),
                client.verifyData(SERVER_FINISHED));
    }

    @Test
    void everyStageIsErasedAndNoneIsPrinted() {
        var early = EarlySecret.withoutPreSharedKey(hkdf);
        var handshake = handshakeSecret();
        var traffic = handshake.trafficSecret(Role.CLIENT, HELLOS);
        var master = masterSecret();
        var stages = Stream.of(
                early,
                handshake,
                traffic,
                traffic.finishedKey(),
                master,
                master.exporterMasterSecret(HELLOS),
                master.resumptionMasterSecret(HELLOS));
        stages.forEach(stage -> assertEquals(stage.getClass().getSimpleName(), stage.toString()));
        traffic.close();
        assertArrayEquals(new byte[32], traffic.secret().bytes());
    }
}
