package org.almosttls.agent.lab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.almosttls.agent.lab.Walk.Person;
import org.almosttls.agent.lab.Walk.Phase;
import org.almosttls.agent.lab.Walk.Step;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;

/**
 * Tells a connection of the textbook protocol again from what was recorded: the records as they came to Mallory, and the
 * secrets as each end derived them. Mallory knows what he has seen the octets of.
 */
final class Narrator {

    private static final String MASTER_SECRET = "MS";

    private final Stage stage;
    private final Observation seen;
    private final boolean expose;
    private final Map<Person, Set<Item>> known = new EnumMap<>(Person.class);
    private final List<WireRecord> wire = new ArrayList<>();
    private int bobsRecords;

    Narrator(Stage stage, Observation seen, boolean expose) {
        this.stage = stage;
        this.seen = seen;
        this.expose = expose;
        for (var person : Person.values()) known.put(person, EnumSet.noneOf(Item.class));
    }

    List<Phase> phases() {
        var handshake = new ArrayList<Step>();
        var transfer = new ArrayList<Step>();
        var log = stage.log();
        log.stream().filter(Narrator::isHandshake).map(this::message).forEach(handshake::add);
        var derivation = List.of(derived());
        log.stream().filter(each -> !isHandshake(each)).map(this::data).forEach(transfer::add);
        return List.of(
                new Phase("Handshake", handshake),
                new Phase("Key derivation", derivation),
                new Phase("Data transfer", transfer));
    }

    private static boolean isHandshake(Passing passing) {
        return passing.seen().is(ContentType.HANDSHAKE);
    }

    private Step message(Passing passing) {
        wire.add(passing.seen());
        int type = passing.seen().fragment()[0] & 0xFF;
        if (type == HandshakeType.HELLO.code()) exchanged(Item.HELLO);
        if (type == HandshakeType.CERTIFICATE.code() && shows(alicesKey())) exchanged(Item.PUBLIC_KEY);
        boolean brings = type == HandshakeType.ENCRYPTED_MASTER_SECRET.code();
        if (brings) {
            exchanged(Item.EMS);
            if (stage.bobsDiary().secrets().containsKey(MASTER_SECRET)) learns(Person.BOB, Item.MS);
            if (stage.alicesDiary().secrets().containsKey(MASTER_SECRET)) learns(Person.ALICE, Item.MS);
        }
        return step(arrow(passing) + nameOf(type) + ending(passing), brings ? MASTER_SECRET : "");
    }

    /** As the textbook spells it: EncryptedMasterSecret for encrypted_master_secret. */
    private static String nameOf(int type) {
        return Arrays.stream(HandshakeType.nameOf(type).split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private byte[] alicesKey() {
        return stage.identities().alice().keys().getPublic().getEncoded();
    }

    /** Sent by one, received by the other, seen by the third. */
    private void exchanged(Item item) {
        learns(Person.BOB, item);
        if (isAliceThere()) learns(Person.ALICE, item);
        learns(Person.MALLORY, item);
    }

    private void learns(Person person, Item item) {
        known.get(person).add(item);
    }

    private Step derived() {
        var bobs = stage.bobsDiary().secrets();
        var alices = stage.alicesDiary().secrets();
        for (var item : Item.values()) {
            if (item.isKey() && bobs.containsKey(item.name())) learns(Person.BOB, item);
            if (item.isKey() && alices.containsKey(item.name())) learns(Person.ALICE, item);
        }
        if (bobs.isEmpty()) return step("nothing: there is no MS to derive keys from", "");
        boolean same = bobs.keySet().stream().allMatch(name -> Arrays.equals(bobs.get(name), alices.get(name)));
        return step(
                same
                        ? "Bob and Alice each derive E_B, M_B, E_A and M_A from MS: the same"
                        : "Bob derives keys; Alice none",
                "E_B M_B E_A M_A");
    }

    private Step data(Passing passing) {
        var record = passing.seen();
        wire.add(record);
        boolean isData = record.is(ContentType.APPLICATION_DATA);
        if (record.fromBob() && isData) {
            bobsRecords++;
            learns(Person.BOB, Item.DATA);
        }
        if (Client.ORDERS.stream().limit(bobsRecords).anyMatch(this::isTakenByAlice)) learns(Person.ALICE, Item.DATA);
        return step(arrow(passing) + (isData ? "data" : "error") + ending(passing), "");
    }

    private boolean isTakenByAlice(String order) {
        return seen.alice().texts().stream().anyMatch(text -> text.contains(order));
    }

    private String arrow(Passing passing) {
        String server = isAliceThere() ? "Alice" : "Mallory as Alice";
        return passing.seen().fromBob() ? "Bob -> " + server + ": " : server + " -> Bob: ";
    }

    private boolean isAliceThere() {
        return !seen.alice().heard().isEmpty();
    }

    private String ending(Passing passing) {
        String length = ", " + passing.seen().fragmentLength() + " octets";
        return isAliceThere() ? length + "; Mallory " + passing.words() : length;
    }

    private Step step(String words, String arisen) {
        var secrets = stage.bobsDiary().secrets();
        for (var item : Item.values())
            if (secrets.containsKey(item.name()) && shows(secrets.get(item.name()))) learns(Person.MALLORY, item);
        if (Client.ORDERS.stream().anyMatch(each -> shows(each.getBytes(StandardCharsets.ISO_8859_1))))
            learns(Person.MALLORY, Item.DATA);
        return new Step(words, copyOfKnown(), exposed(secrets, List.of(arisen.split(" "))));
    }

    private boolean shows(byte[] octets) {
        return wire.stream().anyMatch(each -> each.shows(octets));
    }

    private Map<Person, Set<Item>> copyOfKnown() {
        var copy = new EnumMap<Person, Set<Item>>(Person.class);
        known.forEach((person, items) -> copy.put(person, Set.copyOf(items)));
        return copy;
    }

    private Map<String, String> exposed(Map<String, byte[]> secrets, List<String> names) {
        var hex = new LinkedHashMap<String, String>();
        if (!expose) return hex;
        for (String name : names)
            if (secrets.containsKey(name)) hex.put(name, HexFormat.of().formatHex(secrets.get(name)));
        return hex;
    }
}
