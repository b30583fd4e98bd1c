package org.almosttls.agent.lab;

import static org.almosttls.agent.lab.Expectation.learnsNothing;
import static org.almosttls.agent.lab.Expectation.nothingToAttack;
import static org.almosttls.agent.lab.Expectation.noticed;
import static org.almosttls.agent.lab.Expectation.succeeds;

import java.util.List;
import java.util.Optional;
import org.almosttls.agent.lab.Scenario.Draft;
import org.almosttls.agent.lab.Setting.Lapse;
import org.almosttls.config.Textbook.Mechanism;

/** All attacks of the lab, and what is specified to become of each. */
public final class Scenarios {

    private static final String FIRST = Client.ORDERS.get(0);
    private static final String SECOND = Client.ORDERS.get(1);
    private static final String THIRD = Client.ORDERS.get(2);

    private static final Setting WITHOUT_NUMBERS =
            Setting.textbookWithout(Mechanism.SEQUENCE_NUMBERS, "sequence numbers");
    private static final Setting WITHOUT_HMAC = Setting.textbookWithout(Mechanism.HMAC, "HMAC");

    public static final List<Scenario> ALL = List.of(
            eavesdrop(),
            modify(),
            reorder(),
            replay(),
            drop(),
            truncate(),
            replayConnection(),
            unknownCa(),
            wrongName(),
            reflect(),
            stripSuite(),
            paddingOracle(),
            crime(),
            heartbleed());

    private Scenarios() {}

    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static Scenario eavesdrop() {
        return new Draft(
                        "eavesdrop",
                        "Eavesdropping",
                        "Mallory copies the wire and looks for Bob's orders in it.",
                        Goal.TO_READ,
                        new OnTheWire(Tampering.NONE))
                .textbook(learnsNothing("encryption under E_B and E_A"))
                .weakened(Setting.textbookWithout(Mechanism.ENCRYPTION, "encryption"), succeeds("no encryption"))
                .tls12(learnsNothing("encryption with AES-GCM"))
                .done();
    }

    private static Scenario modify() {
        return new Draft(
                        "modify",
                        "Modification",
                        "Mallory flips bits of the first order's record, to make \"Pay 9\" of \"Pay 1\".",
                        Goal.aliceTakes(FIRST.replace('1', '9') + SECOND + THIRD),
                        new OnTheWire(Tamperings::modify))
                .textbook(noticed("HMAC under M_B", "BAD_RECORD"))
                .weakened(WITHOUT_HMAC, succeeds("no HMAC"))
                .tls12(noticed("the tag of AES-GCM", "BAD_RECORD"))
                .done();
    }

    private static Scenario reorder() {
        return onRecords(
                "reorder",
                "Reordering",
                "Mallory holds the first order's record back until the second has gone.",
                new OnTheWire(Tamperings::reorder),
                SECOND + FIRST + THIRD);
    }

    private static Scenario replay() {
        return onRecords(
                "replay",
                "Replay of a record",
                "Mallory sends the first order's record twice.",
                new OnTheWire(Tamperings::replay),
                FIRST + FIRST + SECOND + THIRD);
    }

    private static Scenario drop() {
        return onRecords(
                "drop",
                "A record goes missing",
                "Mallory keeps the second order's record.",
                new OnTheWire(Tamperings::drop),
                FIRST + THIRD);
    }

    private static Scenario onRecords(String name, String title, String deed, Attack attack, String wanted) {
        return new Draft(name, title, deed, Goal.aliceTakes(wanted), attack)
                .textbook(noticed("sequence number in the HMAC", "RECORD_OUT_OF_ORDER"))
                .weakened(WITHOUT_NUMBERS, succeeds("no sequence numbers"))
                .tls12(noticed("sequence number under the tag of AES-GCM", "BAD_RECORD"))
                .done();
    }

    private static Scenario truncate() {
        return new Draft(
                        "truncate",
                        "Truncation",
                        "Mallory lets the first order through and ends both connections in TCP.",
                        Goal.aliceTakes(FIRST),
                        new OnTheWire(Tamperings::truncate))
                .textbook(succeeds("no closure: the end of the stream is not authenticated"))
                .nothingToSwitchOff("no closure")
                .tls12(noticed("close_notify is missing: her session says so, her application reads -1", "TRUNCATED"))
                .done();
    }

    private static Scenario replayConnection() {
        return new Draft(
                        "replay-connection",
                        "Replay of a connection",
                        "Mallory records all that Bob says, and says it to Alice again on a connection of his own.",
                        Goal.aliceTakes(FIRST + SECOND + THIRD, FIRST + SECOND + THIRD),
                        new ReplayConnection())
                .textbook(succeeds("no nonces: Bob alone makes the keys, and they are the same again"))
                .nothingToSwitchOff("no nonces")
                .tls12(noticed("nonces: Alice's new random makes other keys", "BAD_RECORD"))
                .done();
    }

    private static Scenario unknownCa() {
        return new Draft(
                        "unknown-ca",
                        "A certificate from nowhere",
                        "Mallory plays Alice with a certificate that an authority of his own has signed.",
                        Goal.TO_BE_ALICE,
                        new Impersonation(Identities::stranger))
                .textbook(noticed("Bob validates the chain", "CERTIFICATE_UNTRUSTED"))
                .weakened(
                        Setting.TEXTBOOK.with(Lapse.TRUSTS_ANYBODY, " and a Bob who trusts every certificate"),
                        succeeds("no validation of the chain"))
                .tls12(noticed("Bob validates the chain", "CERTIFICATE_UNTRUSTED"))
                .done();
    }

    private static Scenario wrongName() {
        return new Draft(
                        "wrong-name",
                        "A certificate for another name",
                        "Mallory plays Alice with a genuine certificate, which is for " + Identities.MALLORY + ".",
                        Goal.TO_BE_ALICE,
                        new Impersonation(Identities::misnamed))
                .textbook(noticed("Bob compares the name", "CERTIFICATE_NAME_MISMATCH"))
                .weakened(
                        Setting.TEXTBOOK.with(Lapse.IGNORES_NAME, " and a Bob who does not compare the name"),
                        succeeds("no check of the name"))
                .tls12(noticed("Bob compares the name", "CERTIFICATE_NAME_MISMATCH"))
                .done();
    }

    private static Scenario reflect() {
        return new Draft(
                        "reflect",
                        "Reflection",
                        "Mallory sends Bob's first record back to him, as if it were Alice's.",
                        Goal.TO_FOOL_BOB,
                        new OnTheWire(Tamperings::reflect))
                .textbook(noticed("keys of their own for each direction", "BAD_RECORD"))
                .weakened(
                        Setting.textbookWithout(Mechanism.KEYS_PER_DIRECTION, "keys for each direction"),
                        succeeds("one pair of keys for both directions"))
                .tls12(noticed("keys of their own for each direction", "BAD_RECORD"))
                .done();
    }

    private static Scenario stripSuite() {
        return new Draft(
                        "strip-suite",
                        "Stripping of suites",
                        "Mallory takes the strong suites, those with keys of 256 bits, out of Bob's hello.",
                        Goal.TO_WEAKEN,
                        new OnTheWire(Tamperings::stripSuites))
                .textbook(nothingToAttack("nothing is negotiated"))
                .weakened(
                        Setting.TLS_1_2.with(Lapse.DEAF_TO_HANDSHAKE, " without a hash of the handshake"),
                        succeeds("Finished proves nothing"))
                .tls12(noticed(
                        "Finished, and the extended master secret: the keys differ already, so it does not even decrypt",
                        "WRONG_FINISHED",
                        "BAD_RECORD"))
                .done();
    }

    private static Scenario paddingOracle() {
        return new Draft(
                        "padding-oracle",
                        "Padding oracle",
                        "Mallory asks Alice, record after made-up record, which padding is right, and decrypts with it.",
                        Goal.TO_READ,
                        new PaddingOracle())
                .textbook(learnsNothing("HMAC, and one answer to all errors", "BAD_RECORD"))
                .weakened(WITHOUT_HMAC, succeeds("no HMAC").whileNoticed("BAD_RECORD"))
                .tls12(
                        new LiveProbes(),
                        learnsNothing("AES-GCM has no padding, and one answer to all errors", "BAD_RECORD"))
                .done();
    }

    private static Scenario crime() {
        return new Draft(
                        "crime",
                        "CRIME",
                        "Mallory has Bob send notes of his beside his PIN, and guesses it by the lengths of records.",
                        Goal.TO_READ,
                        new Crime())
                .textbook(learnsNothing("nothing is compressed: all guesses make records of one length"))
                .weakened(
                        Setting.TLS_1_2.with(Lapse.COMPRESSES, " with DEFLATE at both ends"),
                        succeeds("compression: what repeats makes a record shorter"))
                .tls12(learnsNothing("nothing is compressed unless both ends ask for it"))
                .done();
    }

    private static Scenario heartbleed() {
        return new Draft(
                        "heartbleed",
                        "Heartbleed",
                        "Mallory sends Alice a heartbeat that says it holds 16384 octets and holds one.",
                        Goal.TO_READ,
                        new Heartbleed())
                .textbook(
                        new OnTheWire(Tamperings::heartbeats),
                        learnsNothing("no heartbeats: a record of another type is an error", "BAD_RECORD"))
                .notWeakened("nothing to switch off: who believes the length it is told is not to be had here")
                .tls12(
                        Lapse.BEATS,
                        " with heartbeats at both ends",
                        learnsNothing("what does not hold what it says it holds is passed over in silence"))
                .done();
    }
}
