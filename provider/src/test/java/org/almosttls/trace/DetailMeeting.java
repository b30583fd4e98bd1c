package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;

/** Real connections, both ends in one log with all its details, beside which every event is kept. */
final class DetailMeeting {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lines lines = Lines.json();
    private final RecordingListener heard = new RecordingListener();
    private final Provider ours = new AlmostTlsProvider(() -> FanOut.of(List.of(lines.log(), heard)));

    DetailMeeting(Detail detail) {
        lines.log().tell(detail);
    }

    void tell(Detail detail) {
        lines.log().tell(detail);
    }

    SSLContext context(String protocol, TestIdentity... identities) {
        return Contexts.named(protocol, ours, identities);
    }

    EnginePair textbook() {
        return new EnginePair(
                Contexts.almostClient(ours).createSSLEngine(TestCertificates.HOST, 443),
                Contexts.almostWith(ours, TestCertificates.rsaServer()).createSSLEngine(TestCertificates.HOST, 40000));
    }

    static void talkAndClose(EnginePair pair, String words) throws SSLException {
        EnginePair.send(pair.client(), pair.server(), words.getBytes(US_ASCII));
        EnginePair.send(pair.server(), pair.client(), words.getBytes(US_ASCII));
        for (var end : new EngineEnd[] {pair.client(), pair.server()})
            end.engine().closeOutbound();
        EnginePair.send(pair.client(), pair.server(), new byte[0]);
        EnginePair.send(pair.server(), pair.client(), new byte[0]);
    }

    RecordingListener heard() {
        return heard;
    }

    List<String> lines() throws IOException {
        for (String line : lines.all()) {
            assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
            assertEquals(line.length() - 1, line.indexOf('\n'));
        }
        return lines.all();
    }

    /** What is told of one end, by the kind of the lines. */
    List<JsonNode> told(String role, String kind) throws IOException {
        var told = new ArrayList<JsonNode>();
        for (String line : lines()) {
            var node = JSON.readTree(line).get("almosttls");
            if (node.get("role").asText().equals(role)
                    && node.get("kind").asText().equals(kind)) told.add(node);
        }
        return told;
    }

    /** Direction, name and keys of each message, such as {@code > ClientHello -}. */
    List<String> messages(String role) throws IOException {
        return told(role, "message").stream()
                .map(line -> arrow(line) + " " + line.at("/message/name").asText() + " " + keys(line))
                .toList();
    }

    static String arrow(JsonNode line) {
        return line.get("direction").asText().equals("sent") ? ">" : "<";
    }

    static String keys(JsonNode line) {
        return Stream.of(line.at("/keys").asText())
                .filter(keys -> !keys.isEmpty())
                .findAny()
                .orElse("-");
    }
}
