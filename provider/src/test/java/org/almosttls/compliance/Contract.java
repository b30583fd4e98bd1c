package org.almosttls.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One method of JSSE and the tests of the control suite that show what it does.
 *
 * @param method as {@link ContractedMethods} has it
 * @param since the first platform that has it
 * @param tests as {@code SocketWishesTest.unknownProtocolsAreRefused}
 */
record Contract(String method, int since, List<String> tests) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "org", "almosttls", "contract");
    private static final String SINCE = " since ";
    private static final int OLDEST = 17;
    private static final List<String> SUBJECTS = List.of("OfSunJsse", "OfAlmostTls");

    static List<Contract> all() {
        return lines().map(Contract::parse).toList();
    }

    private static Stream<String> lines() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream()
                    .flatMap(Contract::lines)
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(String::strip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code method | tests} or {@code method since 20 | tests}. */
    private static Contract parse(String line) {
        var fields = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (fields.size() != 2 || fields.contains("")) throw new IllegalArgumentException(line);
        var method = fields.get(0).split(SINCE);
        int since = method.length == 1 ? OLDEST : Integer.parseInt(method[1]);
        return new Contract(method[0], since, List.of(fields.get(1).split("\\s+")));
    }

    boolean isOfThisPlatform() {
        return Runtime.version().feature() >= since;
    }

    /** The tests as they are run, for each provider. */
    Stream<String> runs() {
        return tests.stream().flatMap(Contract::runsOf);
    }

    /** A test of the control suite as it is run for each provider. */
    static Stream<String> runsOf(String test) {
        int dot = test.lastIndexOf('.');
        String suite = test.substring(0, Math.max(dot, 0));
        return SUBJECTS.stream().map(subject -> "control." + suite + "$" + subject + test.substring(Math.max(dot, 0)));
    }
}
