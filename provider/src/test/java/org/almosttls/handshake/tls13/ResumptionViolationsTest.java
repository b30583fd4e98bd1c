package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.extension.OfferedPreSharedKeys;
import org.almosttls.extension.OidFilters;
import org.almosttls.extension.SelectedPreSharedKey;
import org.almosttls.message.ClientHello;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each end must not put up with where a session goes on (RFC 8446 §4.2.9 to §4.2.11, §4.6.1). */
class ResumptionViolationsTest extends Reunion {

    private void expect(Violation violation, StatePair pair) {
        Expect.violation(violation, pair::handshake);
    }

    private StatePair acquainted() throws Exception {
        meeting().handshake();
        return meeting();
    }

    private static ClientHello keys(ClientHello hello, OfferedPreSharedKeys changed) {
        return Hellos.extensions(hello, Hellos.with(changed));
    }

    /** In each of its octets. */
    @ParameterizedTest
    @ValueSource(ints = {0, 15, 31})
    void aBinderThatIsNotRightEndsTheHandshake(int at) throws Exception {
        var pair = acquainted().changing(ClientHello.class, hello -> {
            byte[] binder = offered(hello).binders().get(0).clone();
            binder[at] ^= 1;
            return keys(hello, new OfferedPreSharedKeys(offered(hello).identities(), List.of(binder)));
        });
        expect(Violation.WRONG_BINDER, pair);
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 48, 255})
    void aBinderOfAnotherLengthIsNotRight(int length) throws Exception {
        var pair = acquainted()
                .changing(
                        ClientHello.class,
                        hello -> keys(
                                hello,
                                new OfferedPreSharedKeys(offered(hello).identities(), List.of(new byte[length]))));
        expect(Violation.WRONG_BINDER, pair);
    }

    /** The binder is over all of the hello. */
    @Test
    void whateverSomebodyChangesTheBinderTells() throws Exception {
        var pair = acquainted()
                .changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.ALPN)))
                .changing(
                        ClientHello.class,
                        hello -> Hellos.suites(
                                hello,
                                Stream.concat(
                                                hello.cipherSuites().stream(),
                                                Stream.of(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA))
                                        .toList()));
        expect(Violation.WRONG_BINDER, pair);
    }

    /** RFC 8446 §4.2.11.2: and over what was said before. */
    @Test
    void theBinderOfASecondHelloIsJudgedToo() throws Exception {
        meeting().handshake();
        int[] hellos = {0};
        var pair = meeting(client -> client, server -> server.groups(NamedGroup.SECP384R1))
                .changing(ClientHello.class, hello -> {
                    if (++hellos[0] == 1) return hello;
                    return keys(hello, new OfferedPreSharedKeys(offered(hello).identities(), List.of(new byte[32])));
                });
        expect(Violation.WRONG_BINDER, pair);
    }

    @Test
    void asManyBindersAsIdentities() throws Exception {
        var pair = acquainted().changing(ClientHello.class, hello -> {
            var binders = Stream.concat(offered(hello).binders().stream(), Stream.of(new byte[32]))
                    .toList();
            return keys(hello, new OfferedPreSharedKeys(offered(hello).identities(), binders));
        });
        expect(Violation.PSK_BINDERS_MISCOUNTED, pair);
    }

    @Test
    void nothingComesBehindPreSharedKey() throws Exception {
        var pair = acquainted()
                .changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.plus(new EarlyData())));
        expect(Violation.PSK_NOT_LAST, pair);
    }

    @Test
    void modesComeWithPreSharedKey() throws Exception {
        var pair = acquainted()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.PSK_KEY_EXCHANGE_MODES)));
        expect(Violation.EXTENSION_MISSING, pair);
    }

    /** RFC 8446 §9.2: where the key is not known, signatures are needed after all. */
    @Test
    void schemesAreMissedWhereNoKeyIsKnown() throws Exception {
        meeting().handshake();
        ofServer.loseTickets();
        var pair = meeting()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.SIGNATURE_ALGORITHMS)));
        expect(Violation.EXTENSION_MISSING, pair);
    }

    /** RFC 8446 §4.2.5: must only be sent in the CertificateRequest message. */
    @Test
    void oidFiltersAreNothingAClientSays() throws Exception {
        var pair = meeting()
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(
                                hello,
                                all -> Stream.concat(Stream.<Extension>of(new OidFilters(List.of())), all.stream())
                                        .toList()));
        expect(Violation.EXTENSION_MISPLACED, pair);
    }

    /** RFC 8446 §4.2.10. */
    @Test
    void earlyDataIsNotOfferedAgain() throws Exception {
        int[] hellos = {0};
        var pair = meeting(client -> client, server -> server.groups(NamedGroup.SECP384R1))
                .changing(
                        ClientHello.class,
                        hello -> ++hellos[0] == 1 ? hello : Hellos.extensions(hello, Hellos.plus(new EarlyData())));
        expect(Violation.SECOND_HELLO_DIFFERS, pair);
    }

    private StatePair answering(Extension changed) throws Exception {
        return acquainted().changing(ServerHello.class, hello -> Hellos.extensions(hello, Hellos.with(changed)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0xFFFF})
    void aServerChoosesWhatWasOffered(int identity) throws Exception {
        expect(Violation.PSK_NOT_OFFERED, answering(new SelectedPreSharedKey(identity)));
    }

    @Test
    void aServerChoosesNoneWhereNoneWasOffered() throws Exception {
        var pair = meeting()
                .changing(
                        ServerHello.class, hello -> Hellos.extensions(hello, Hellos.with(new SelectedPreSharedKey(0))));
        expect(Violation.EXTENSION_NOT_OFFERED, pair);
    }

    @Test
    void aServerKeepsToTheHashOfTheSession() throws Exception {
        var pair = acquainted()
                .changing(ServerHello.class, hello -> Hellos.suite(hello, CipherSuite.TLS_AES_128_GCM_SHA256));
        assertEquals(
                CipherSuite.TLS_AES_256_GCM_SHA384,
                ofServer.kept().get(0).session().cipherSuite());
        expect(Violation.PSK_OF_OTHER_HASH, pair);
    }

    /** RFC 8446 §4.2.9: psk_ke is not offered. */
    @Test
    void aServerSendsAShareBesideTheKeyItChose() throws Exception {
        var pair = acquainted()
                .changing(
                        ServerHello.class, hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.KEY_SHARE)));
        expect(Violation.PSK_WITHOUT_KEY_SHARE, pair);
    }

    /** A server that takes another session's ticket for this one's does not have its key. */
    @Test
    void aServerThatDoesNotHaveTheKeyFails() throws Exception {
        meeting().handshake();
        var stranger = meeting();
        stranger.changing(
                ServerHello.class, hello -> Hellos.extensions(hello, Hellos.with(new SelectedPreSharedKey(0))));
        ofServer.loseTickets();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, stranger::handshake);
    }

    private StatePair giving(UnaryOperator<NewSessionTicket13> change) throws Exception {
        return meeting().changing(NewSessionTicket13.class, change::apply);
    }

    @Test
    void aTicketSaysNothingTwice() throws Exception {
        var twice = new Extensions(List.of(new MaxEarlyData(1), new MaxEarlyData(1)), true);
        expect(
                Violation.DUPLICATE_EXTENSION,
                giving(it -> new NewSessionTicket13(it.lifetime(), it.ageAdd(), it.nonce(), it.ticket(), twice)));
    }

    /** RFC 8446 §4.6.1: of no lifetime, or larger than a client cares to keep. */
    @Test
    void aTicketThatIsOfNoUseIsNotKept() throws Exception {
        giving(it -> new NewSessionTicket13(0, it.ageAdd(), it.nonce(), it.ticket(), it.extensions()))
                .handshake();
        giving(it -> new NewSessionTicket13(1, it.ageAdd(), it.nonce(), new byte[0x4001], it.extensions()))
                .handshake();
        assertEquals(List.of(), ofClient.kept());
        giving(it -> new NewSessionTicket13(1, it.ageAdd(), it.nonce(), new byte[0x4000], it.extensions()))
                .handshake();
        assertEquals(1, ofClient.kept().size());
    }

    /** RFC 8446 §4.6.1: clients must not keep it for longer than a week. */
    @Test
    void aLifetimeOfMoreThanAWeekIsAWeek() throws Exception {
        giving(it -> new NewSessionTicket13(0xFFFF_FFFFL, it.ageAdd(), it.nonce(), it.ticket(), it.extensions()))
                .handshake();
        var until = ofClient.kept().get(0).ticket().orElseThrow().until().orElseThrow();
        assertEquals(clock.now().plusSeconds(604_800), until);
    }

    @Test
    void noSessionIsMadeWhereNoneMayBe() throws Exception {
        meeting().handshake();
        ofServer.refuseNew();
        assertTrue(isResumed(meeting().handshake()));
        ofServer.loseTickets();
        expect(Violation.NO_SESSION_TO_RESUME, meeting());
        ofClient.refuseNew();
        Expect.violation(Violation.NO_SESSION_TO_RESUME, this::meeting);
    }
}
