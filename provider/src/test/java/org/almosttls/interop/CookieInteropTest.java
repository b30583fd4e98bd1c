package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.Cookie;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.KeyShares;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8446 §4.2.2: a server that remembers nothing gets back what it has the client remember. */
@Timeout(60)
class CookieInteropTest {

    private static final String MESSAGE = Message.of(100);

    private static <M> List<M> messages(End ours, Class<M> kind) {
        return ours.events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static byte[] cookie(Extensions extensions) {
        return extensions.find(Cookie.class).orElseThrow().cookie();
    }

    /** Our client has a share in a group that OpenSSL takes, or has none. */
    static Stream<List<String>> options() {
        return Stream.of(List.of(), List.of("-groups", "P-384"));
    }

    private static End talk(TlsConfig client, List<String> options) throws Exception {
        Peers.OPENSSL.require();
        var all = Stream.concat(Stream.of("-stateless"), options.stream()).toList();
        try (var theirs = Partner.OPENSSL.listen(all);
                var ours = BareConnection.called(theirs.port(), client, new Sparing())) {
            ours.send(MESSAGE);
            assertEquals(Message.digits(MESSAGE), Message.digits(theirs.received()));
            theirs.send(MESSAGE);
            assertEquals(MESSAGE, ours.received(MESSAGE.length()));
            return ours.end();
        }
    }

    /**
     * Leaves out the ChangeCipherSpec in front of a second hello, which OpenSSL's command does not bear with
     * {@code -stateless}, its own client's neither.
     */
    private static final class Sparing extends Socket {

        private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] flight) throws IOException {
                    int skipped = startsSo(flight) ? CHANGE_CIPHER_SPEC.length : 0;
                    out.write(flight, skipped, flight.length - skipped);
                }
            };
        }

        private static boolean startsSo(byte[] flight) {
            return flight.length > CHANGE_CIPHER_SPEC.length
                    && Arrays.equals(CHANGE_CIPHER_SPEC, Arrays.copyOf(flight, CHANGE_CIPHER_SPEC.length));
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void opensslGetsItsCookieBack(List<String> options) throws Exception {
        var ours = talk(Tls13.client().build(), options);
        var hellos = messages(ours, ClientHello.class);
        var retry = messages(ours, ServerHello.class).get(0);
        assertTrue(retry.isHelloRetryRequest());
        assertEquals(2, hellos.size());
        assertFalse(hellos.get(0).extensions().has(ExtensionType.COOKIE));
        assertArrayEquals(cookie(retry.extensions()), cookie(hellos.get(1).extensions()));
    }

    /** RFC 8446 §4.1.2: what it was not asked to change it does not change. */
    @Test
    void whereNothingButACookieIsAskedForTheSharesStay() throws Exception {
        var ours = talk(Tls13.client().build(), List.of());
        var hellos = messages(ours, ClientHello.class);
        assertFalse(messages(ours, ServerHello.class).get(0).extensions().has(ExtensionType.KEY_SHARE));
        var shares = hellos.stream()
                .map(hello -> hello.extensions().find(KeyShares.class).orElseThrow())
                .toList();
        assertEquals(shares.get(0).entries().size(), shares.get(1).entries().size());
        for (int i = 0; i < shares.get(0).entries().size(); i++)
            assertArrayEquals(
                    shares.get(0).entries().get(i).keyExchange(),
                    shares.get(1).entries().get(i).keyExchange());
    }

    @Test
    void itComesBackAmongWhatStandsForNothingAndInAnyOrder() throws Exception {
        var client = Tls13.client().requesting(Feature.GREASE, Feature.PERMUTE_EXTENSIONS);
        var ours = talk(client.build(), List.of("-groups", "P-384"));
        assertTrue(messages(ours, ClientHello.class).get(1).extensions().has(ExtensionType.COOKIE));
    }
}
