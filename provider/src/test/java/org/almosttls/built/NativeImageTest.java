package org.almosttls.built;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a builder of native images is told: all that our code looks up by name, and nothing that is not there. */
class NativeImageTest {

    private static final Path MAIN = Path.of("src", "main", "java");
    private static final String TOLD = "/META-INF/native-image/org.almosttls/almost-tls-provider/reflect-config.json";

    /** The first Java that has them; an image for an older one is as well off without. */
    private static final Map<String, Integer> SINCE = Map.of(
            "javax.crypto.KEM", 21,
            "isNativeAccessEnabled", 22,
            "getSignatureSchemes", 19,
            "setSignatureSchemes", 19,
            "getNamedGroups", 20,
            "setNamedGroups", 20);

    private static Stream<JsonNode> entries() throws IOException {
        try (var in = NativeImageTest.class.getResourceAsStream(TOLD)) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
        }
    }

    @Test
    void eachOfOurClassesThatLooksSomethingUpTellsWhat() throws IOException {
        assertEquals(
                lookingUp(), entries().map(NativeImageTest::condition).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> lookingUp() throws IOException {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            Stream.of("Class.forName(", ".class.getMethod(").anyMatch(reads(file)::contains))
                    .map(file -> MAIN.relativize(file).toString())
                    .map(name -> name.replace(".java", "").replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String reads(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void whatIsToldOfIsThere(JsonNode entry) throws Exception {
        assertEquals(condition(entry), Class.forName(condition(entry)).getName());
        String name = entry.get("name").asText();
        if (!isHere(name.replaceAll("\\$.*", ""))) return;
        Class<?> type = Class.forName(name, false, NativeImageTest.class.getClassLoader());
        var there = Stream.<Executable>concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getConstructors()))
                .map(NativeImageTest::signature)
                .collect(Collectors.toSet());
        for (var method : entry.get("methods")) {
            if (isHere(method.get("name").asText())) assertTrue(there.contains(signature(method)), method::toString);
        }
    }

    private static boolean isHere(String name) {
        return Runtime.version().feature() >= SINCE.getOrDefault(name, 17);
    }

    private static String condition(JsonNode entry) {
        return entry.at("/condition/typeReachable").asText();
    }

    private static String signature(Executable executable) {
        String name = executable instanceof Constructor<?> ? "<init>" : executable.getName();
        return name
                + Arrays.stream(executable.getParameterTypes())
                        .map(Class::getCanonicalName)
                        .toList();
    }

    private static String signature(JsonNode method) {
        return method.get("name").asText()
                + StreamSupport.stream(method.get("parameterTypes").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }
}
