package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.almosttls.interop.Opposite.Ability;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8701: other stacks' servers pass over what our client offers in vain, if {@code almosttls.grease} asks for it. */
@Timeout(60)
class GreaseInteropTest {

    private static final String WORD = "almosttls.grease";

    @BeforeAll
    static void areThere() {
        Peers.OPENSSL.require();
        Peers.GNUTLS_SERV.require();
    }

    @BeforeEach
    void ask() {
        System.setProperty(WORD, "true");
    }

    @AfterEach
    void forget() {
        System.clearProperty(WORD);
    }

    static Stream<Arguments> servers() {
        var java = EnumSet.noneOf(Ability.class);
        return Stream.of(
                        new Openssl(),
                        new Gnutls(),
                        new Jsse(Contexts.PLATFORM, java),
                        new Jsse(new BouncyCastleJsseProvider(new BouncyCastleProvider()), java))
                .flatMap(opposite -> Arrays.stream(Face.values()).map(face -> Arguments.of(opposite, face)));
    }

    private static Map<String, String> line(Opposite opposite, Face face) throws Exception {
        var ends = new Conversation.Ends(opposite, face, Role.CLIENT);
        var conversation = ends.begin(
                Terms.client().speaking("http/1.1"),
                Terms.server(TestCertificates.rsaServer()).speaking("http/1.1"));
        try (conversation) {
            conversation.handshake().exchange(1000, 1000);
        }
        return conversation.line();
    }

    /** The agreement is the same as without; so is the fingerprint, which leaves out what stands for nothing. */
    @ParameterizedTest
    @MethodSource("servers")
    void itMakesNoDifference(Opposite opposite, Face face) throws Exception {
        var with = line(opposite, face);
        System.clearProperty(WORD);
        var without = line(opposite, face);
        for (String field : new String[] {"tls.cipher", "tls.curve", "almosttls.scheme", "tls.next_protocol"})
            assertEquals(without.get(field), with.get(field), field);
        assertEquals("true", with.get("tls.established"));
        assertTrue(with.toString().contains("GREASE_0x"), with::toString);
        assertNotEquals(true, without.toString().contains("GREASE_0x"));
    }
}
