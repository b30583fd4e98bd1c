package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.agent.observe.WatchedPair.Said;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.event.TlsEventListener;
import org.almosttls.message.NewSessionTicket;
import org.almosttls.registry.Role;
import org.almosttls.trace.Detail;
import org.almosttls.trace.FanOut;
import org.almosttls.trace.SessionLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of another stack's handshake that was recorded and altered everything is told that can be, and nothing goes wrong. */
class AlteredHandshakesTest {

    private static final int ROUNDS = 300;
    private static final int HEADERS = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random = new Random(8446);
    private final Counted counted = new Counted();
    private final Tickets tickets = new Tickets();

    @TempDir
    private Path folder;

    /** What there could be lines about. */
    private enum What {
        RECORD,
        MESSAGE,
        SESSION,
        OTHER
    }

    private static final class Counted implements TlsEventListener {

        private final Map<What, Integer> heard = new EnumMap<>(What.class);

        @Override
        public boolean wants(Kind kind) {
            return true;
        }

        @Override
        public void on(Moment moment, TlsEvent event) {
            heard.merge(of(event), 1, Integer::sum);
        }

        private static What of(TlsEvent event) {
            if (event instanceof TlsEvent.RecordTransferred) return What.RECORD;
            if (event instanceof TlsEvent.Closed) return What.SESSION;
            boolean isMessage = event instanceof TlsEvent.MessageTransferred
                    || event instanceof TlsEvent.MessageUndecoded
                    || event instanceof TlsEvent.ChangeCipherSpecTransferred
                    || event instanceof TlsEvent.AlertTransferred;
            return isMessage ? What.MESSAGE : What.OTHER;
        }
    }

    /** What of a session may not be told. */
    private static final class Tickets implements TlsEventListener {

        private final List<String> given = new ArrayList<>();

        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.HANDSHAKE;
        }

        @Override
        public void on(Moment moment, TlsEvent event) {
            if (event instanceof TlsEvent.MessageTransferred transferred
                    && transferred.message() instanceof NewSessionTicket ticket)
                given.add(HexFormat.of().formatHex(ticket.ticket(), 0, 16));
        }

        private boolean isIn(String line) {
            return given.stream().anyMatch(line::contains);
        }
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JSON.readTree(Path.of("..", "docs", name).toFile()));
    }

    private List<Said> recorded(String version) throws Exception {
        return WatchedPair.handshaken(new Observation(tickets, (kind, type) -> {}, name -> {}), version)
                .said();
    }

    private byte[] altered(byte[] octets) {
        byte[] altered = octets.clone();
        for (int i = random.nextInt(3); i > 0 && altered.length > 0; i--)
            altered[random.nextInt(random.nextBoolean() ? altered.length : Math.min(HEADERS, altered.length))] =
                    (byte) random.nextInt();
        return altered;
    }

    private List<Said> altered(List<Said> said) {
        var altered = new ArrayList<Said>();
        for (Said each : said) {
            byte[] octets = altered(each.octets());
            int end = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            altered.add(new Said(each.byClient(), Arrays.copyOf(octets, end)));
        }
        return altered;
    }

    private static WatchedConnection begun(Role role, TlsEventListener to) {
        var telling = new Telling(ConnectionId.next(), Clock.system(), to);
        var watched = new WatchedConnection(new Object(), telling);
        telling.begins(notes -> new Watched(
                "SunJSSE", role, Optional.empty(), Optional.empty(), Optional.empty(), notes, Clock.system()));
        watched.opens();
        return watched;
    }

    private static void take(WatchedConnection watched, Role role, Said said) {
        var way = said.byClient() == (role == Role.CLIENT) ? watched.sent() : watched.received();
        way.take(said.octets(), 0, said.octets().length);
    }

    private void watch(Role role, List<Said> said, TlsEventListener to) {
        var watched = begun(role, to);
        for (Said each : altered(said)) take(watched, role, each);
        watched.closes();
    }

    /** As who refuses what was said does; RFC 5246 §7.2: fatal, handshake_failure. */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    private List<Said> alerted(List<Said> said) {
        var alerted = new ArrayList<>(said);
        alerted.add(random.nextInt(1 + said.size()), new Said(random.nextBoolean(), ALERT));
        return alerted;
    }

    /** What becomes of a connection, and when; later than all that is said stands for never. */
    private record Fate(int isAgreedAt, int failsAt) {}

    /** What was altered is not agreed on. */
    private Fate fate(List<Said> said, boolean isAltered) {
        int most = said.size();
        return new Fate(isAltered ? most : random.nextInt(2 * most), random.nextInt(2 * most));
    }

    private static void watch(Role role, List<Said> said, Fate fate, TlsEventListener to) {
        var watched = begun(role, to);
        var agreed = new Established(
                role,
                false,
                true,
                "TLSv1.2",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                Instant.EPOCH,
                List.of(),
                List.of(),
                Optional.empty());
        for (int i = 0; i < said.size(); i++) {
            take(watched, role, said.get(i));
            if (fate.isAgreedAt == i) watched.telling().completes(agreed, true);
            if (fate.failsAt == i) fail(watched);
        }
        watched.closes();
    }

    private static void fail(WatchedConnection watched) {
        watched.telling().atOnce();
        watched.telling().tell(Established.hiddenFrom(watched.handshake()));
        watched.fails(Complaint.of(new SSLHandshakeException("no cipher suites in common"), watched));
    }

    private List<JsonNode> lines(Path file) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(file)) lines.add(withoutTime((ObjectNode) JSON.readTree(line)));
        return lines;
    }

    private static JsonNode withoutTime(ObjectNode line) {
        line.remove("@timestamp");
        ((ObjectNode) line.get("event")).remove(List.of("start", "duration"));
        ((ObjectNode) line.get("almosttls")).remove(List.of("connection", "handshake"));
        return line;
    }

    /** Somebody else wants to hear of it at once, so that it is read as it passes. */
    @ParameterizedTest
    @CsvSource({"CLIENT, TLSv1.3", "SERVER, TLSv1.3", "CLIENT, TLSv1.2", "SERVER, TLSv1.2"})
    void theLineIsTheSameWheneverItIsRead(Role role, String version) throws Exception {
        var said = recorded(version);
        Path later = folder.resolve("later.jsonl");
        Path atOnce = folder.resolve("at-once.jsonl");
        try (var one = SessionLog.open(later.toString(), Optional.of("json"));
                var other = SessionLog.open(atOnce.toString(), Optional.of("json"))) {
            for (int round = 0; round < ROUNDS; round++) {
                boolean isAltered = random.nextBoolean();
                var passes = isAltered ? alerted(altered(said)) : said;
                var fate = fate(passes, isAltered);
                watch(role, passes, fate, one);
                watch(role, passes, fate, FanOut.of(List.of(other, counted)));
            }
        }
        var expected = lines(atOnce);
        var actual = lines(later);
        assertEquals(ROUNDS, actual.size());
        for (int round = 0; round < ROUNDS; round++)
            assertEquals(expected.get(round).toPrettyString(), actual.get(round).toPrettyString());
    }

    /** Unless it was made to look like another message, which nobody can see through. */
    private static boolean mayHoldTicket(JsonNode line) {
        return line.at("/almosttls/message/name").asText().equals("NewSessionTicket")
                || !line.at("/almosttls/message/undecoded").isMissingNode();
    }

    @ParameterizedTest
    @CsvSource({"CLIENT, TLSv1.3", "SERVER, TLSv1.3", "CLIENT, TLSv1.2", "SERVER, TLSv1.2"})
    void nothingGoesWrong(Role role, String version) throws Exception {
        var said = recorded(version);
        Path file = folder.resolve("tls.jsonl");
        try (var log = SessionLog.open(file.toString(), Optional.of("json"), Detail.RECORD)) {
            for (int round = 0; round < ROUNDS; round++) watch(role, said, FanOut.of(List.of(log, counted)));
        }
        var lines = Files.readAllLines(file);
        assertEquals(ROUNDS, counted.heard.get(What.SESSION));
        assertTrue(lines.stream().anyMatch(line -> line.contains("\"undecoded\":")));
        var sessions = schema("session-log.schema.json");
        var details = schema("session-detail.schema.json");
        var told = new EnumMap<What, Integer>(What.class);
        for (String line : lines) {
            JsonNode node = JSON.readTree(line);
            What what = What.valueOf(node.at("/almosttls/kind").asText().toUpperCase(Locale.ROOT));
            assertEquals(Set.of(), (what == What.SESSION ? sessions : details).validate(node), line);
            assertFalse(mayHoldTicket(node) && tickets.isIn(line), line);
            told.merge(what, 1, Integer::sum);
        }
        for (What what : told.keySet()) assertTrue(told.get(what) <= counted.heard.get(what), what::name);
    }
}
