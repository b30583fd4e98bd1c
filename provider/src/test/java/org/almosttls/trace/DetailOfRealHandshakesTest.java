package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** What is told of the messages and records of handshakes that really happened. */
class DetailOfRealHandshakesTest {

    private static final String WORDS = "do not tell anybody";

    private final DetailMeeting meeting = new DetailMeeting(Detail.RECORD);

    private void meet(String protocol) throws Exception {
        var pair = new EnginePair(meeting.context(protocol), meeting.context(protocol, TestCertificates.rsaServer()));
        DetailMeeting.talkAndClose(pair.handshake(), WORDS);
    }

    private void assertMessages(String role, String... expected) throws IOException {
        assertEquals(List.of(expected), meeting.messages(role));
    }

    /** Each as {@code > handshake in application_data 0 KEYS}: what it says that it is, its number and its keys. */
    private void assertRecords(String role, String... expected) throws IOException {
        var told = meeting.told(role, "record").stream()
                .map(line -> DetailMeeting.arrow(line) + " "
                        + line.at("/record/content").asText() + " in "
                        + line.at("/record/type").asText() + " "
                        + line.at("/record/sequence").asText() + " " + DetailMeeting.keys(line))
                .toList();
        assertEquals(List.of(expected), told);
    }

    @Test
    void aHandshakeOfTls13IsToldWithTheKeysOfEachMessage() throws Exception {
        meet("TLSv1.3");
        assertMessages(
                "client",
                "> ClientHello -",
                "< ServerHello -",
                "> ChangeCipherSpec -",
                "< ChangeCipherSpec -",
                "< EncryptedExtensions server_handshake_traffic_secret",
                "< CompressedCertificate server_handshake_traffic_secret",
                "< CertificateVerify server_handshake_traffic_secret",
                "< Finished server_handshake_traffic_secret",
                "> Finished client_handshake_traffic_secret",
                "< NewSessionTicket server_application_traffic_secret_0",
                "> Alert client_application_traffic_secret_0");
    }

    @Test
    void aHandshakeOfTls13IsToldAlikeByTheServer() throws Exception {
        meet("TLSv1.3");
        assertMessages(
                "server",
                "< ClientHello -",
                "> ServerHello -",
                "> ChangeCipherSpec -",
                "> EncryptedExtensions server_handshake_traffic_secret",
                "> CompressedCertificate server_handshake_traffic_secret",
                "> CertificateVerify server_handshake_traffic_secret",
                "> Finished server_handshake_traffic_secret",
                "< ChangeCipherSpec -",
                "< Finished client_handshake_traffic_secret",
                "> NewSessionTicket server_application_traffic_secret_0",
                "> Alert server_application_traffic_secret_0");
    }

    @Test
    void theRecordsOfTls13AreToldWithWhatIsInThem() throws Exception {
        meet("TLSv1.3");
        assertRecords(
                "client",
                "> handshake in handshake 0 -",
                "< handshake in handshake 0 -",
                "> change_cipher_spec in change_cipher_spec 1 -",
                "< change_cipher_spec in change_cipher_spec  -",
                "< handshake in application_data 0 server_handshake_traffic_secret",
                "> handshake in application_data 0 client_handshake_traffic_secret",
                "< handshake in application_data 0 server_application_traffic_secret_0",
                "> application_data in application_data 0 client_application_traffic_secret_0",
                "< application_data in application_data 1 server_application_traffic_secret_0");
    }

    @Test
    void aHandshakeOfTls12IsToldWithTheKeysOfEachMessage() throws Exception {
        meet("TLSv1.2");
        assertMessages(
                "client",
                "> ClientHello -",
                "< ServerHello -",
                "< Certificate -",
                "< ServerKeyExchange -",
                "< ServerHelloDone -",
                "> ClientKeyExchange -",
                "> ChangeCipherSpec -",
                "> Finished client_write_key",
                "< NewSessionTicket -",
                "< ChangeCipherSpec -",
                "< Finished server_write_key",
                "> Alert client_write_key");
        assertRecords(
                "client",
                "> handshake in handshake 0 -",
                "< handshake in handshake 0 -",
                "> handshake in handshake 1 -",
                "> change_cipher_spec in change_cipher_spec 2 -",
                "> handshake in handshake 0 client_write_key",
                "< handshake in handshake 1 -",
                "< change_cipher_spec in change_cipher_spec 2 -",
                "< handshake in handshake 0 server_write_key",
                "> application_data in application_data 1 client_write_key",
                "< application_data in application_data 1 server_write_key");
    }

    @Test
    void theTextbooksHandshakeIsToldWithItsFourKeys() throws Exception {
        var pair = meeting.textbook().handshake();
        EnginePair.send(pair.client(), pair.server(), WORDS.getBytes(US_ASCII));
        EnginePair.send(pair.server(), pair.client(), WORDS.getBytes(US_ASCII));
        assertMessages("client", "> Hello -", "< Certificate -", "> EncryptedMasterSecret -");
        assertRecords(
                "server",
                "< handshake in handshake 0 -",
                "> handshake in handshake 0 -",
                "< handshake in handshake 1 -",
                "< application_data in application_data 0 E_B M_B",
                "> application_data in application_data 0 E_A M_A");
    }

    @Test
    void withoutRecordsThereAreMessagesOnly() throws Exception {
        var quieter = new DetailMeeting(Detail.HANDSHAKE);
        var pair = new EnginePair(quieter.context("TLSv1.3"), quieter.context("TLSv1.3", TestCertificates.rsaServer()));
        DetailMeeting.talkAndClose(pair.handshake(), WORDS);
        assertEquals(List.of(), quieter.told("client", "record"));
        assertFalse(quieter.told("client", "message").isEmpty());
    }

    @Test
    void messagesOfAConnectionThatIsOpenAreToldFromWhenThatIsAskedFor() throws Exception {
        var later = new DetailMeeting(Detail.SESSION);
        var pair = new EnginePair(later.context("TLSv1.3"), later.context("TLSv1.3", TestCertificates.rsaServer()));
        pair.handshake();
        assertEquals(List.of(), later.lines());
        later.tell(Detail.HANDSHAKE);
        DetailMeeting.talkAndClose(pair, WORDS);
        assertTrue(later.messages("client").contains("> Alert client_application_traffic_secret_0"));
    }
}
