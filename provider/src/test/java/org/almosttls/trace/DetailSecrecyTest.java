package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.PskIdentity;
import org.almosttls.extension.SessionTicket;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.NewSessionTicket;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No line holds a secret, a ticket, a binder or what the application says, however much is told. */
class DetailSecrecyTest {

    private static final String WORDS = "Pay Carol 10 euros";

    private final DetailMeeting meeting = new DetailMeeting(Detail.RECORD);

    private void assertSecret(List<byte[]> octets) throws Exception {
        assertFalse(octets.isEmpty());
        var all = String.join("", meeting.lines()).toLowerCase(Locale.ROOT);
        for (byte[] each : octets) {
            assertTrue(each.length >= 16);
            assertFalse(all.contains(HexFormat.of().formatHex(each)));
        }
        assertFalse(all.contains(WORDS.toLowerCase(Locale.ROOT)));
        assertFalse(all.contains(HexFormat.of().formatHex(WORDS.getBytes(US_ASCII))));
    }

    private List<byte[]> secrets() {
        return meeting.heard()
                .all(SecretDerived.class)
                .map(each -> each.secret().bytes())
                .toList();
    }

    /** Tickets and binders, whichever messages hold them. */
    private List<byte[]> tickets() {
        return meeting.heard()
                .all(MessageTransferred.class)
                .flatMap(each -> ticketsIn(each.message()))
                .filter(each -> each.length > 0)
                .toList();
    }

    private static Stream<byte[]> ticketsIn(HandshakeMessage message) {
        if (message instanceof NewSessionTicket ticket) return Stream.of(ticket.ticket());
        if (message instanceof NewSessionTicket13 ticket) return Stream.of(ticket.ticket());
        return message instanceof ClientHello hello ? ticketsIn(hello.extensions()) : Stream.empty();
    }

    private static Stream<byte[]> ticketsIn(Extensions extensions) {
        var keys = extensions.find(OfferedPreSharedKeys.class).stream().toList();
        return Stream.of(
                        extensions.find(SessionTicket.class).stream().map(SessionTicket::ticket),
                        keys.stream()
                                .flatMap(each -> each.identities().stream())
                                .map(PskIdentity::identity),
                        keys.stream().flatMap(each -> each.binders().stream()))
                .flatMap(each -> each);
    }

    private void meetTwice(SSLContext client, SSLContext server) throws Exception {
        for (int i = 0; i < 2; i++) DetailMeeting.talkAndClose(new EnginePair(client, server).handshake(), WORDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void neitherSecretsNorTicketsAreTold(String protocol) throws Exception {
        meetTwice(meeting.context(protocol), meeting.context(protocol, TestCertificates.rsaServer()));
        assertSecret(secrets());
        assertSecret(tickets());
        // What is hidden is known again: the ticket that was given is the one that was offered.
        assertTrue(String.join("", meeting.lines()).contains("xxxx"));
    }

    @Test
    void theTextbooksKeysAreNotTold() throws Exception {
        var pair = meeting.textbook().handshake();
        EnginePair.send(pair.client(), pair.server(), WORDS.getBytes(US_ASCII));
        assertEquals(10, secrets().size());
        assertSecret(secrets());
    }

    @Test
    void aTicketIsKnownAgainByItsDigest() throws Exception {
        meetTwice(meeting.context("TLSv1.3"), meeting.context("TLSv1.3", TestCertificates.rsaServer()));
        var given = meeting.told("client", "message").stream()
                .map(line -> line.at("/message/body/ticket/sha256").asText())
                .filter(digest -> !digest.isEmpty())
                .toList();
        assertFalse(given.isEmpty());
        var offers = meeting.told("client", "message").stream()
                .filter(line -> line.at("/message/name").asText().equals("ClientHello"))
                .filter(line -> given.stream().anyMatch(line.toString()::contains))
                .count();
        assertEquals(1, offers);
    }
}
