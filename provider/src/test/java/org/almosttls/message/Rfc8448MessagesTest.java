package org.almosttls.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.Extension;
import org.almosttls.extension.KeyShare;
import org.almosttls.extension.KeyShares;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.PreSharedKeyModes;
import org.almosttls.extension.RequestedKeyShare;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Captured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The handshakes of RFC 8448, read and written again. */
class Rfc8448MessagesTest {

    private static final Captured RFC = Captured.in("rfc8448.txt");

    static List<byte[]> messages() {
        return RFC.messages().values().stream()
                .flatMap(flight -> split(flight).stream())
                .toList();
    }

    private static List<byte[]> split(byte[] flight) {
        var messages = new ArrayList<byte[]>();
        for (int start = 0; start < flight.length; ) {
            int length = (flight[start + 1] & 0xFF) << 16 | (flight[start + 2] & 0xFF) << 8 | flight[start + 3] & 0xFF;
            messages.add(Arrays.copyOfRange(flight, start, start + 4 + length));
            start += 4 + length;
        }
        return messages;
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isWrittenAsItCame(byte[] message) throws TlsAlertException {
        var decoded = HandshakeDecoder.TLS_1_3.decode(message);
        assertArrayEquals(message, EncodedMessage.of(decoded).bytes());
    }

    @Test
    void aFlightIsWhatSection3Says() throws TlsAlertException {
        var types = new ArrayList<HandshakeType>();
        for (var message : split(RFC.message("simple server flight")))
            types.add(HandshakeDecoder.TLS_1_3.decode(message).type());
        assertEquals(
                List.of(
                        HandshakeType.ENCRYPTED_EXTENSIONS,
                        HandshakeType.CERTIFICATE,
                        HandshakeType.CERTIFICATE_VERIFY,
                        HandshakeType.FINISHED),
                types);
    }

    @Test
    void sharesAnswerEachOther() throws TlsAlertException {
        var offered = find("simple ClientHello", KeyShares.class).entries();
        assertEquals(1, offered.size());
        assertEquals(NamedGroup.X25519, offered.get(0).group());
        assertEquals(
                NamedGroup.X25519,
                find("simple ServerHello", KeyShare.class).entry().group());
        assertEquals(
                List.of(1), find("simple ClientHello", PreSharedKeyModes.class).modes());
    }

    @Test
    void nothingInTheHellosIsUnknown() throws TlsAlertException {
        for (var name : List.of("simple ClientHello", "resumed ClientHello", "retry second ClientHello"))
            assertFalse(extensions(name).stream().anyMatch(UnknownExtension.class::isInstance), name);
    }

    @Test
    void theTicketOfSection3IsTheIdentityOfSection4() throws TlsAlertException {
        var ticket = (NewSessionTicket13) HandshakeDecoder.TLS_1_3.decode(RFC.message("simple NewSessionTicket"));
        assertEquals(30, ticket.lifetime());
        assertEquals(0xFAD6AAC5L, ticket.ageAdd());
        assertArrayEquals(new byte[2], ticket.nonce());
        assertEquals(
                1024, ticket.extensions().find(MaxEarlyData.class).orElseThrow().octets());
        var offered = find("resumed ClientHello", OfferedPreSharedKeys.class);
        assertArrayEquals(ticket.ticket(), offered.identities().get(0).identity());
        assertEquals(0xFAD6AACBL, offered.identities().get(0).obfuscatedTicketAge());
        assertEquals(2 + 33, offered.bindersLength());
        assertEquals(0, find("resumed ServerHello", SelectedPreSharedKey.class).identity());
    }

    @Test
    void theRetryOfSection5IsOne() throws TlsAlertException {
        var request = (ServerHello) HandshakeDecoder.HELLOS.decode(RFC.message("retry HelloRetryRequest"));
        assertTrue(request.isHelloRetryRequest());
        assertEquals(
                NamedGroup.SECP256R1,
                find("retry HelloRetryRequest", RequestedKeyShare.class).group());
        assertArrayEquals(
                find("retry HelloRetryRequest", Cookie.class).cookie(),
                find("retry second ClientHello", Cookie.class).cookie());
    }

    private static <E extends Extension> E find(String message, Class<E> kind) throws TlsAlertException {
        return extensions(message).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findAny()
                .orElseThrow();
    }

    private static List<Extension> extensions(String name) throws TlsAlertException {
        var message = HandshakeDecoder.HELLOS.decode(RFC.message(name));
        return message instanceof ClientHello hello
                ? hello.extensions().all()
                : ((ServerHello) message).extensions().all();
    }
}
