# How Act's own targets are made.

# Warnings as LLVM has them; no exceptions, as LLVM. Host code must round as
# written: no contraction of a*b+c.
add_compile_options(-Wall -Wextra -Wno-unused-parameter -fno-exceptions
                    -ffp-contract=off)

# act_add_library(NAME SOURCES... [LINK LIBS...] [DEPENDS TARGETS...]
#                 [PCH HEADER | PCH_FROM TARGET])
#
# A static library Act::NAME. Libraries link the dylibs (targets MLIR and
# LLVM): the component libraries would bring a second copy of LLVM.
# PCH gives the precompiled header of a layer, PCH_FROM shares one.
function(act_add_library name)
  cmake_parse_arguments(ARG "" "PCH;PCH_FROM" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_library(Act::${name} ALIAS ${name})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:include>)
  target_compile_features(${name} PUBLIC cxx_std_17)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  if(ARG_PCH)
    target_precompile_headers(${name} PRIVATE ${ARG_PCH})
  elseif(ARG_PCH_FROM)
    target_precompile_headers(${name} REUSE_FROM ${ARG_PCH_FROM})
  endif()
  install(TARGETS ${name} EXPORT ActTargets ARCHIVE DESTINATION lib)
endfunction()

# act_add_tool(NAME SOURCES... [LINK LIBS...] [PCH_FROM TARGET])
#
# A command-line tool in bin/.
function(act_add_tool name)
  cmake_parse_arguments(ARG "" "PCH_FROM" "LINK;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  # As libraries, so that a precompiled header serves both: CMake would say
  # -fPIE for programs.
  target_compile_options(${name} PRIVATE -fPIC)
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  if(ARG_PCH_FROM)
    target_precompile_headers(${name} REUSE_FROM ${ARG_PCH_FROM})
  endif()
  # The libraries of LLVM are where they were linked from.
  set_target_properties(${name} PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()
