# What `cmake --install` leaves:
#   bin/svi-lda, share/man            the program (src/cli/CMakeLists.txt)
#   lib/libsvi_lda.a                  the library, a static one
#   include/svi_lda/*.h               its public headers
#   lib/cmake/svi_lda/                so that find_package(svi_lda) gives svi_lda::svi_lda
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/svi_lda")

install(TARGETS svi_lda EXPORT svi_lda_targets
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/svi_lda" "${PROJECT_BINARY_DIR}/include/svi_lda"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")

install(EXPORT svi_lda_targets NAMESPACE svi_lda:: FILE svi_ldaTargets.cmake
        DESTINATION "${package_folder}")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/svi_ldaConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/svi_ldaConfig.cmake"
                              INSTALL_DESTINATION "${package_folder}")
# While the version is 0.y a new y may change the interface.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/svi_ldaConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/svi_ldaConfig.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/FindLibstemmer.cmake"
              "${PROJECT_BINARY_DIR}/svi_ldaConfigVersion.cmake"
        DESTINATION "${package_folder}")
