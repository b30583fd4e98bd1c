package org.almosttls.crypto.bc;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.ScriptedRandomness;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elliptic curves against vectors that others published. */
class BouncyCastleVectorsTest {

    /** RFC 7748 §6.1. */
    @Test
    void agreesOverX25519() throws TlsAlertException {
        var alice = new Pair(
                "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
                "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        var bob = new Pair(
                "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
                "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        assertAgree(NamedGroup.X25519, alice, bob, "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    }

    /** RFC 5903 §8.1. */
    @Test
    void agreesOverP256() throws TlsAlertException {
        var initiator = new Pair(
                "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433",
                "04DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180"
                        + "5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3");
        var responder = new Pair(
                "C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53",
                "04D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63"
                        + "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB");
        assertAgree(
                NamedGroup.SECP256R1,
                initiator,
                responder,
                "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE");
    }

    /** RFC 5903 §8.2. */
    @Test
    void agreesOverP384() throws TlsAlertException {
        var initiator = new Pair(
                "099F3C7034D4A2C699884D73A375A67F7624EF7C6B3C0F160647B67414DCE655" + "E35B538041E649EE3FAEF896783AB194",
                "04667842D7D180AC2CDE6F74F37551F55755C7645C20EF73E31634FE72B4C55EE6DE3AC808ACB4BDB4C88732AEE95F41AA"
                        + "9482ED1FC0EEB9CAFC4984625CCFC23F65032149E0E144ADA024181535A0F38EEB9FCFF3C2C947DAE69B4C634573A81C");
        var responder = new Pair(
                "41CB0779B4BDB85D47846725FBEC3C9430FAB46CC8DC5060855CC9BDA0AA2942" + "E0308312916B8ED2960E4BD55A7448FC",
                "04E558DBEF53EECDE3D3FCCFC1AEA08A89A987475D12FD950D83CFA41732BC509D0D1AC43A0336DEF96FDA41D0774A3571"
                        + "DCFBEC7AACF3196472169E838430367F66EEBE3C6E70C416DD5F0C68759DD1FFF83FA40142209DFF5EAAD96DB9E6386C");
        assertAgree(
                NamedGroup.SECP384R1,
                initiator,
                responder,
                "11187331C279962D93D604243FD592CB9D0A926F422E47187521287E7156C5C4D603135569B9E9D09CF5D4A270F59746");
    }

    private record Pair(String privateKey, String publicKey) {}

    private static void assertAgree(NamedGroup group, Pair one, Pair other, String shared) throws TlsAlertException {
        assertAgrees(group, one, other, shared);
        assertAgrees(group, other, one, shared);
    }

    private static void assertAgrees(NamedGroup group, Pair own, Pair peer, String shared) throws TlsAlertException {
        var randomness = new ScriptedRandomness(hex(own.privateKey));
        try (var agreement = BouncyCastlePrimitives.keyAgreement(group, randomness);
                var secret = agreement.agree(hex(peer.publicKey))) {
            assertArrayEquals(hex(own.publicKey), agreement.publicKey());
            assertArrayEquals(hex(shared), secret.bytes());
        }
    }

    /** RFC 6979 §A.2.5 and §A.2.6, the messages {@code sample} and {@code test}. */
    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA256, sample, C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721,"
                + "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716 "
                + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        "secp256r1, SHA256, test, C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721,"
                + "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367 "
                + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
        "secp384r1, SHA384, sample,"
                + "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5,"
                + "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46 "
                + "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8",
    })
    void signsWithEcdsa(String curve, HashAlgorithm hash, String message, String key, String signature)
            throws GeneralSecurityException, IOException {
        var on = curve.equals("secp256r1") ? Curve.of(NamedGroup.SECP256R1) : Curve.of(NamedGroup.SECP384R1);
        byte[] content = message.getBytes(StandardCharsets.US_ASCII);
        byte[] actual = new EcSigningKey(on.orElseThrow(), new BigInteger(key, 16)).sign(hash, content);
        assertArrayEquals(der(signature.split(" ")), actual);
    }

    /** RFC 3279 §2.2.3: Ecdsa-Sig-Value. */
    private static byte[] der(String... numbers) throws IOException {
        return new DERSequence(new ASN1Encodable[] {
                    new ASN1Integer(new BigInteger(numbers[0], 16)), new ASN1Integer(new BigInteger(numbers[1], 16))
                })
                .getEncoded();
    }

    /** RFC 8032 §7.1, TEST 1 and TEST 2. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
    })
    void signsAndVerifiesWithEd25519(String key, String publicKey, String content, String signature) {
        byte[] actual = new Ed25519SigningKey(hex(key)).sign(HashAlgorithm.SHA512, hex(content));
        assertArrayEquals(hex(signature), actual);
        byte[] point = hex(publicKey);
        boolean xOdd = point[31] < 0;
        point[31] &= 0x7F;
        var verifying = Ed25519VerifyingKey.of(new BigInteger(1, Arrays.reverse(point)), xOdd);
        assertTrue(verifying.verify(HashAlgorithm.SHA512, actual, hex(content)));
    }
}
