package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven, which has class loaders of its own and its own HTTP client, fetches a parent from a repository over TLS. */
class MavenUnderAgentIT {

    private static final String PARENT = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>org.example</groupId>
              <artifactId>parent</artifactId>
              <version>1</version>
              <packaging>pom</packaging>
            </project>
            """;

    private static final String CHILD = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>org.example</groupId>
                <artifactId>parent</artifactId>
                <version>1</version>
                <relativePath/>
              </parent>
              <artifactId>child</artifactId>
              <packaging>pom</packaging>
              <repositories>
                <repository>
                  <id>own</id>
                  <url>%s</url>
                  <releases>
                    <checksumPolicy>ignore</checksumPolicy>
                  </releases>
                </repository>
              </repositories>
            </project>
            """;

    @TempDir
    private Path folder;

    @Test
    void itFetchesOverOurTls() throws Exception {
        Peers.require("mvn");
        Files.writeString(folder.resolve("settings.xml"), "<settings/>");
        try (var repository = new HttpsPage(folder, PARENT)) {
            Files.writeString(folder.resolve("pom.xml"), CHILD.formatted(repository.address()));
            String without = run(repository, "without", "");
            String agent = " -javaagent:" + AgentJvm.JAR + "=log=tls.log,format=text";
            assertEquals(without, run(repository, "with", agent));
        }
        var told = Files.readAllLines(folder.resolve("tls.log"));
        assertTrue(told.stream().anyMatch(line -> line.contains("server is CN=localhost")), told::toString);
    }

    /** What it prints, with a store of its own each time. */
    private String run(HttpsPage repository, String store, String agent) throws Exception {
        var builder = new ProcessBuilder("mvn", "-q", "-B", "-s", "settings.xml", "-gs", "settings.xml")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.command().addAll(List.of("-Dmaven.repo.local=" + folder.resolve(store), "validate"));
        builder.environment().put("MAVEN_OPTS", repository.trust() + agent);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var maven = builder.start();
        var said = new String(maven.getInputStream().readAllBytes(), "UTF-8");
        assertEquals(0, maven.waitFor(), said);
        return said;
    }
}
