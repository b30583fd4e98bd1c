package org.almosttls.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.almosttls.agent.observe.WatchedPair.Said;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Allowed;
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

    private byte[] altered(byte[] octets) {
        byte[] altered = octets.clone();
        for (int i = random.nextInt(3); i > 0 && altered.length > 0; i--)
            altered[random.nextInt(random.nextBoolean() ? altered.length : Math.min(HEADERS, altered.length))] =
                    (byte) random.nextInt();
        return altered;
    }

    private void watch(Role role, List<Said> said, TlsEventListener to) {
        var telling = new Telling(ConnectionId.next(), Clock.system(), to);
        var watched = new WatchedConnection(new Object(), telling);
        telling.tell(new Watched(
                "SunJSSE",
                role,
                Optional.empty(),
                Optional.empty(),
                new Allowed(List.of(), List.of(), List.of()),
                Clock.system()));
        watched.opens();
        for (Said each : said) {
            byte[] octets = altered(each.octets());
            int end = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            var way = each.byClient() == (role == Role.CLIENT) ? watched.sent() : watched.received();
            way.take(octets, 0, end);
        }
        watched.closes();
    }

    /** Unless it was made to look like another message, which nobody can see through. */
    private static boolean mayHoldTicket(JsonNode line) {
        return line.at("/almosttls/message/name").asText().equals("NewSessionTicket")
                || !line.at("/almosttls/message/undecoded").isMissingNode();
    }

    @ParameterizedTest
    @CsvSource({"CLIENT, TLSv1.3", "SERVER, TLSv1.3", "CLIENT, TLSv1.2", "SERVER, TLSv1.2"})
    void nothingGoesWrong(Role role, String version) throws Exception {
        var said = WatchedPair.handshaken(new Observation(tickets, (kind, type) -> {}), version)
                .said();
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
